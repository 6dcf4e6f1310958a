import { createHash } from 'crypto';
import canonicalize from 'canonicalize';
import { ActivityEventRow, EvidenceRow, SessionRow } from '../database/types';

/** What the evidence says about itself, beside the events. */
export type EvidenceCoverage = Pick<
  EvidenceRow,
  | 'state'
  | 'source'
  | 'regions'
  | 'dataEvents'
  | 'unreadable'
  | 'sessionsMissing'
>;

/**
 * SHA-256, in lower-case hexadecimal, of the evidence of a lease: one line of
 * canonical JSON (RFC 8785) for the coverage and the sessions, then one for each
 * event in order. Streamed, so that it takes no memory. When somebody looked,
 * and how many files that took, is left out: looking again without finding
 * anything new changes no evidence.
 */
export async function evidenceHash(
  leaseId: string,
  coverage: EvidenceCoverage,
  sessions: SessionRow[],
  events: AsyncIterable<ActivityEventRow> | Iterable<ActivityEventRow>,
): Promise<string> {
  const hash = createHash('sha256');
  const add = (value: unknown) =>
    hash.update(`${canonicalize(JSON.parse(JSON.stringify(value)))}\n`, 'utf8');
  add({
    leaseId,
    state: coverage.state,
    source: coverage.source,
    regions: [...coverage.regions].sort(),
    dataEvents: coverage.dataEvents,
    unreadable: [...coverage.unreadable].sort(),
    sessionsMissing: [...coverage.sessionsMissing].sort(),
    sessions: sessions
      .map(({ id, type, state, sessionName, accessKeyId, requestedAt }) => ({
        id,
        type,
        state,
        sessionName,
        accessKeyId,
        requestedAt,
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  });
  for await (const event of events) {
    add(event);
  }
  return hash.digest('hex');
}
