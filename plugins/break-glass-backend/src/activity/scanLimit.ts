import { byteAmount } from '../config/byteAmount';
import { BreakGlassConfig } from '../config/types';
import { EvidenceRow } from '../database/types';
import { conflictError } from '../errors';
import type { CompletenessVerdict } from './completeness';

/** The configured part of the review that says how much may be read. */
export type ScanLimit = Pick<BreakGlassConfig['review'], 'maxBytesPerLease'>;

/** Whether as much was read for a lease as may be: the source is asked no more. */
export function isScannedOut(
  { maxBytesPerLease }: ScanLimit,
  evidence: Pick<EvidenceRow, 'bytesScanned'> | undefined,
): boolean {
  return (evidence?.bytesScanned ?? 0) >= maxBytesPerLease;
}

/** For evidence that could still change, if the source were asked. */
export function scanLimitWords({ maxBytesPerLease }: ScanLimit): string {
  return `Logs are not read any more for this lease: the looks so far read ${byteAmount(
    maxBytesPerLease,
  )} or more, which is the limit. Have breakGlass.review.maxBytesPerLease raised, then look again.`;
}

/** For evidence of a lease with more records than are read at once. */
export function recordLimitWords(maxRecords: number): string {
  return `More than ${maxRecords.toLocaleString(
    'en',
  )} records may belong to this lease, and no more are read: calls may be missing here. Have breakGlass.review.maxRecordsPerLook raised, then look again.`;
}

/** What a person is told who asks to look again all the same. */
export function scanLimitError(limit: ScanLimit): Error {
  return conflictError('scan-limit', scanLimitWords(limit));
}

/**
 * The verdict where nobody is asked any more. What is complete stays so. What is
 * not will not change by itself: once the lease has ended, nobody waits for it.
 * @param found - what the last look has to say beside; empty where there was none.
 */
export function atScanLimit(
  limit: ScanLimit,
  verdict: CompletenessVerdict,
  { ended, found }: { ended: boolean; found: string },
): CompletenessVerdict {
  if (verdict.state === 'complete') {
    return verdict;
  }
  return {
    ...verdict,
    state: ended ? 'logs-missing' : 'collecting',
    nextLookAt: undefined,
    words: [found, scanLimitWords(limit)].filter(Boolean).join(' '),
  };
}
