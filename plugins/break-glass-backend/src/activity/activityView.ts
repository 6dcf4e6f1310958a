import {
  AccessLevel,
  ActivityEvent,
  ActivityHistogram,
  Completeness,
} from 'backstage-plugin-break-glass-common';
import { ActivityBars, EvidenceRow, ListedEvent } from '../database/types';
import { iso, isoOr } from '../leases/leaseView';

const NO_EVENTS = { reads: 0, writes: 0, refused: 0, sensitive: 0 };

/** An event as pages show it; the raw record is asked for by itself. */
export function eventView(row: ListedEvent): ActivityEvent {
  return {
    id: row.eventId,
    at: iso(row.at),
    sessionId: row.sessionId,
    service: row.service,
    action: row.action,
    region: row.region,
    accessLevel: row.accessLevel as AccessLevel,
    refused: row.refused,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    resources: row.resources,
    sourceIp: row.sourceIp,
    userAgent: row.userAgent,
    viaConsole: row.viaConsole,
    chained: row.chained,
    sensitive: row.sensitive,
    profileHint: row.profileHint,
    accountId: row.accountId,
    alsoIn: row.alsoIn,
  };
}

/** Events over time, as pages show them: every bar, also those without events. */
export function histogramView(
  found: ActivityBars | undefined,
): ActivityHistogram {
  if (!found) {
    return { barSeconds: 0, bars: [] };
  }
  const { from, to, barMs } = found;
  const filled = new Map(found.bars.map(bar => [bar.index, bar]));
  const count = Math.floor((to - from) / barMs) + 1;
  return {
    from: iso(from),
    to: iso(to),
    barSeconds: barMs / 1_000,
    bars: Array.from({ length: count }, (_, index) => {
      const { reads, writes, refused, sensitive } =
        filled.get(index) ?? NO_EVENTS;
      const at = iso(from + index * barMs);
      return { at, reads, writes, refused, sensitive };
    }),
  };
}

/** Whether everything is there, as pages show it. */
export function completenessView(row: EvidenceRow): Completeness {
  return {
    state: row.state,
    words: row.words,
    lastLookAt: row.lastLookAt > 0 ? iso(row.lastLookAt) : undefined,
    nextLookAt: isoOr(row.nextLookAt),
    settledAt: isoOr(row.settledAt),
    source: row.source,
    regions: row.regions,
    dataEvents: row.dataEvents,
    filesRead: row.filesRead,
    unreadable: row.unreadable,
    notes: row.notes,
    blindSpots: row.blindSpots,
    bytesScanned: row.bytesScanned,
    frozenAt: isoOr(row.frozenAt),
    sessionsMissing: row.sessionsMissing,
  };
}
