import { BreakGlassConfig } from '../config/types';
import { EvidenceRow, LeaseRow, SessionRow } from '../database/types';
import {
  closedAt,
  completeness,
  CompletenessVerdict,
  patienceOf,
} from './completeness';
import { Gathered } from './gather';
import { atScanLimit, isScannedOut } from './scanLimit';
import type { LookOutcome } from './writeLook';

/**
 * How the evidence of a lease stands after a look, but for what its events say.
 * Where the logs could not be read, what was found before stands. Pure.
 */
export function evidenceAfter(
  config: Pick<BreakGlassConfig, 'review'>,
  rows: { lease: LeaseRow; sessions: SessionRow[]; before: EvidenceRow },
  { gathered, source, now }: Pick<LookOutcome, 'gathered' | 'source' | 'now'>,
): EvidenceRow {
  const { before } = rows;
  if (!gathered && before.state === 'complete') {
    return before;
  }
  const bytesScanned = sumOf(
    before.bytesScanned,
    gathered?.coverage.bytesScanned,
  );
  const verdict = verdictOf(config, rows, { gathered, bytesScanned, now });
  if (!gathered) {
    const { sessionsMissing } = before;
    return { ...before, nextLookAt: undefined, ...verdict, sessionsMissing };
  }
  const { regions, dataEvents, filesRead, unreadable, notes, blindSpots } =
    gathered.coverage;
  const words = `${verdict.words}${unbrokeredWords(gathered)}`;
  return {
    ...before,
    nextLookAt: undefined,
    settledAt: undefined,
    ...verdict,
    ...{ words, source, regions, dataEvents, filesRead, unreadable },
    ...{ notes, blindSpots, bytesScanned },
  };
}

function verdictOf(
  { review }: Pick<BreakGlassConfig, 'review'>,
  { lease, sessions }: { lease: LeaseRow; sessions: SessionRow[] },
  look: Pick<LookOutcome, 'gathered' | 'now'> & { bytesScanned?: number },
): CompletenessVerdict {
  const { gathered, now, bytesScanned } = look;
  const verdict = completeness({
    now,
    lease,
    sessions,
    proven: gathered?.attribution.proven ?? new Set(),
    coverage: gathered?.coverage,
    unbrokered: gathered?.attribution.unbrokered.length,
    disputed: gathered?.attribution.disputed,
    chainedEnds: gathered?.attribution.chained.map(({ endsAt }) => endsAt),
    patience: patienceOf(review),
  });
  if (!isScannedOut(review, { bytesScanned })) {
    return verdict;
  }
  // Before the logs have settled there is only something to wait for, and nobody waits any more.
  const settled = (verdict.settledAt ?? Infinity) <= now;
  return atScanLimit(review, verdict, {
    ended: closedAt(lease, now) !== undefined,
    found: gathered && settled ? verdict.words : '',
  });
}

/** Over all looks; unknown where no source ever counted. */
function sumOf(before: number | undefined, now: number | undefined) {
  return before === undefined && now === undefined
    ? undefined
    : (before ?? 0) + (now ?? 0);
}

function unbrokeredWords({ attribution }: Gathered): string {
  const count = attribution.unbrokered.length;
  if (count === 0) {
    return '';
  }
  return ` ${
    count === 1 ? 'One record carries' : `${count} records carry`
  } the name of this lease but come from a session that was not issued under it: unbrokered use, not shown here.${disputedWords(
    attribution.disputed,
  )}`;
}

function disputedWords(count: number): string {
  if (count === 0) {
    return '';
  }
  return ` Somebody else took the same name in the same second: whether ${
    count === 1 ? 'one of them is' : `${count} of them are`
  } theirs or this lease’s cannot be told.`;
}
