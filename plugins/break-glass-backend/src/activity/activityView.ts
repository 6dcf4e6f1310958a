import {
  AccessLevel,
  ActivityEvent,
  Completeness,
} from 'backstage-plugin-break-glass-common';
import { ListedEvent, EvidenceRow } from '../database/types';
import { iso, isoOr } from '../leases/leaseView';

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
