import {
  AccessLevel,
  ActivityEvent,
} from 'backstage-plugin-break-glass-common';

/** Events in one slice of time. */
export interface ActivityBucket {
  /** Start and end of the slice, in milliseconds. */
  from: number;
  to: number;
  reads: number;
  writes: number;
  refused: number;
}

/** Access levels that only look. As for the backend's counts and filter, everything else is a write. */
const READING: AccessLevel[] = ['list', 'read'];

/** Counts events over `slices` equal spans between the first and the last; none for fewer than two instants. */
export function activityBuckets(
  events: ActivityEvent[],
  slices: number,
): ActivityBucket[] {
  const times = events.map(event => Date.parse(event.at));
  const first = times.reduce((a, b) => Math.min(a, b), Infinity);
  const last = times.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(last > first)) {
    return [];
  }
  const width = (last - first) / slices;
  const buckets = Array.from({ length: slices }, (_, index) => ({
    from: first + index * width,
    to: first + (index + 1) * width,
    reads: 0,
    writes: 0,
    refused: 0,
  }));
  events.forEach((event, index) => {
    const slice = Math.floor((times[index] - first) / width);
    buckets[Math.min(slice, slices - 1)][toneOf(event)] += 1;
  });
  return buckets;
}

function toneOf(event: ActivityEvent): 'reads' | 'writes' | 'refused' {
  if (event.refused) {
    return 'refused';
  }
  return isReading(event.accessLevel) ? 'reads' : 'writes';
}

/** True for calls that only looked. */
export function isReading(level: AccessLevel): boolean {
  return READING.includes(level);
}
