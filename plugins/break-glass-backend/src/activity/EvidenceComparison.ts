import { EvidenceCheck } from 'backstage-plugin-break-glass-common';
import { ActivityEventRow, Millis } from '../database/types';
import { iso } from '../leases/leaseView';
import { AttributedRecord } from './attribute';
import { CloudTrailRecord, text } from './cloudTrailRecord';
import { differentMembers } from './differentMembers';
import { redact } from './redact';

type Difference = EvidenceCheck['differences'][number];

/** Differences of each kind that are named; the counts say how many there are. */
const MOST_NAMED = 100;
/** Longest name of a call that is shown. */
const LONGEST_ACTION = 128;

/**
 * Compares frozen events, which stream through it, with what the source gives
 * now: the record, which session it belongs to, and how. How we classify it is
 * left out: that is our reading, not the log's.
 */
export class EvidenceComparison {
  private readonly left: Map<string, AttributedRecord>;
  private readonly named: Record<Difference['kind'], Difference[]> = {
    added: [],
    missing: [],
    changed: [],
  };
  private readonly counted: EvidenceCheck['counts'] = {
    frozen: 0,
    now: 0,
    added: 0,
    missing: 0,
    changed: 0,
  };

  constructor(now: AttributedRecord[]) {
    this.left = new Map(now.map(event => [event.eventId, event]));
    this.counted.now = this.left.size;
  }

  /** Compares the next frozen event. */
  see(frozen: ActivityEventRow): void {
    this.counted.frozen += 1;
    const event = this.left.get(frozen.eventId);
    this.left.delete(frozen.eventId);
    if (!event) {
      this.note('missing', frozen);
      return;
    }
    const members = membersOf(frozen, event);
    if (members.length > 0) {
      this.note('changed', frozen, members);
    }
  }

  /** What differs, once all frozen events were seen. */
  result(): Pick<EvidenceCheck, 'counts' | 'differences' | 'same'> {
    for (const { eventId, at, record } of this.left.values()) {
      const action = text(record, 'eventName') ?? 'unknown';
      this.note('added', { eventId, at, action });
    }
    this.left.clear();
    const { added, missing, changed } = this.named;
    return {
      same: [added, missing, changed].every(each => each.length === 0),
      counts: this.counted,
      differences: [...missing, ...changed, ...added],
    };
  }

  private note(
    kind: Difference['kind'],
    event: { eventId: string; at: Millis; action: string },
    members: string[] = [],
  ): void {
    this.counted[kind] += 1;
    if (this.named[kind].length < MOST_NAMED) {
      this.named[kind].push({
        eventId: event.eventId,
        kind,
        at: iso(event.at),
        action: event.action.slice(0, LONGEST_ACTION),
        members,
      });
    }
  }
}

function membersOf(frozen: ActivityEventRow, now: AttributedRecord): string[] {
  const { at, sessionId, chained } = now;
  const read = ({ record }: { record: CloudTrailRecord }) => redact(record);
  return [
    ...differentMembers(
      { at: frozen.at, sessionId: frozen.sessionId, chained: frozen.chained },
      { at, sessionId, chained },
    ).map(name => `attribution.${name}`),
    // Secrets that are only known by now are taken out of both.
    ...differentMembers(read(frozen), read(now)),
  ];
}
