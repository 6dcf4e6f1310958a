import {
  ActivityEvent,
  activityEventSchema,
  ActivityHistogram,
  activityHistogramSchema,
  Completeness,
  SessionSummary,
  Timeline,
  TimelineEntry,
  timelineSchema,
} from 'backstage-plugin-break-glass-common';
import { afterNoon, EVIDENCE_HASH, mary, NOON } from './leases';

export const SESSION_ID = '01K6FJ00000000000000000010';

/** A session with credentials. */
export function session(part: Partial<SessionSummary> = {}): SessionSummary {
  return {
    id: SESSION_ID,
    type: 'credentials',
    state: 'issued',
    requester: mary.ref,
    sessionName: 'mary@01K6FJ00000000000000000001',
    accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
    requestedAt: afterNoon(1),
    issuedAt: afterNoon(1),
    expiresAt: afterNoon(61),
    ...part,
  };
}

/** An event of that session, `minutes` after noon. */
export function event(
  id: string,
  minutes: number,
  part: Partial<ActivityEvent> = {},
): ActivityEvent {
  return activityEventSchema.parse({
    id,
    at: afterNoon(minutes),
    sessionId: SESSION_ID,
    service: 's3',
    action: 'PutBucketPolicy',
    region: 'eu-central-1',
    accessLevel: 'permissions-management',
    refused: false,
    resources: ['arn:aws:s3:::payroll-reports'],
    viaConsole: false,
    chained: false,
    sensitive: [],
    ...part,
  });
}

/** The event as an entry of the timeline. */
export const eventEntry = (of: ActivityEvent): TimelineEntry => ({
  kind: 'event',
  at: of.at,
  event: of,
});

/** Logs that are all there. */
export const complete: Completeness = {
  state: 'complete',
  words: 'All sessions were seen and the settling time is over.',
  source: 'CloudTrail files',
  regions: ['eu-central-1'],
  dataEvents: 'seen',
  unreadable: [],
  notes: [],
  blindSpots: [],
  sessionsMissing: [],
};

/** A timeline of these events; checked against the contract. */
export function timeline(
  events: ActivityEvent[],
  part: Partial<Timeline> = {},
): Timeline {
  const services = [...new Set(events.map(({ service }) => service))];
  return timelineSchema.parse({
    items: [
      { kind: 'lease', at: NOON, what: 'activated' },
      { kind: 'session', at: afterNoon(1), session: session() },
      ...events.map(eventEntry),
    ],
    completeness: complete,
    counts: {
      total: events.length,
      writes: events.filter(
        e => !e.refused && !['read', 'list'].includes(e.accessLevel),
      ).length,
      refused: events.filter(e => e.refused).length,
      sensitive: events.filter(e => e.sensitive.length > 0).length,
      services: services.map(service => ({
        service,
        count: events.filter(e => e.service === service).length,
      })),
    },
    evidenceHash: EVIDENCE_HASH,
    ...part,
  });
}

/** Bars of a minute each from noon on, by their writes; checked against the contract. */
export function histogram(writes: number[]): ActivityHistogram {
  return activityHistogramSchema.parse({
    ...(writes.length > 0 && {
      from: NOON,
      to: afterNoon(writes.length),
    }),
    barSeconds: 60,
    bars: writes.map((count, minute) => ({
      at: afterNoon(minute),
      reads: 0,
      writes: count,
      refused: 0,
      sensitive: 0,
    })),
  });
}
