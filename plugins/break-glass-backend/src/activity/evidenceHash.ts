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
> &
  Partial<Pick<EvidenceRow, 'blindSpots'>>;

/**
 * The evidence of a lease as text: one line of canonical JSON (RFC 8785) for the
 * coverage and the sessions, then one for each event in order, each with its
 * line end. Streamed, so that it takes no memory. When somebody looked, how many
 * files and bytes that took, and which of them hold no events by their nature,
 * is left out: looking again without finding anything new changes no evidence.
 */
export async function* evidenceLines(
  leaseId: string,
  coverage: EvidenceCoverage,
  sessions: SessionRow[],
  events: AsyncIterable<ActivityEventRow> | Iterable<ActivityEventRow>,
): AsyncGenerator<string> {
  const { blindSpots = [] } = coverage;
  yield line({
    leaseId,
    state: coverage.state,
    source: coverage.source,
    regions: [...coverage.regions].sort(),
    dataEvents: coverage.dataEvents,
    unreadable: [...coverage.unreadable].sort(),
    // Left out where there are none, as in evidence that was frozen before they were known.
    ...(blindSpots.length > 0 && { blindSpots: [...blindSpots].sort() }),
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
    yield line(event);
  }
}

/** SHA-256, in lower-case hexadecimal, of the {@link evidenceLines} of a lease. */
export async function evidenceHash(
  ...evidence: Parameters<typeof evidenceLines>
): Promise<string> {
  const hash = createHash('sha256');
  for await (const text of evidenceLines(...evidence)) {
    hash.update(text, 'utf8');
  }
  return hash.digest('hex');
}

/**
 * The same lines, whose end is held back until they turn out to have the hash.
 * @throws Error where they have another: what was handed out before is no evidence.
 */
export async function* hashed(
  lines: AsyncIterable<string>,
  expected: string,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  let held = '';
  for await (const text of lines) {
    hash.update(text, 'utf8');
    if (held) {
      yield held;
    }
    held = text;
  }
  if (hash.digest('hex') !== expected) {
    throw new Error('The evidence changed while it was handed out');
  }
  yield held;
}

function line(value: unknown): string {
  return `${canonicalize(value)}\n`;
}
