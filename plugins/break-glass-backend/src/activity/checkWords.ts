import { EvidenceCheck } from 'backstage-plugin-break-glass-common';
import { GatheredCoverage } from './gather';

/** What a check of frozen evidence came to, in words. */
export function checkWords(
  { same, counts }: Pick<EvidenceCheck, 'same' | 'counts'>,
  storedIntact: boolean,
  coverage: GatheredCoverage,
): string {
  return [
    storedIntact
      ? 'The stored evidence is the one that was judged.'
      : 'The stored evidence does not have the hash that the verdict put into the audit log: it was changed since. Tell the security team.',
    same
      ? `The source gives the same ${events(counts.frozen)}.`
      : `The source differs: ${differences(counts)}.`,
    ...(coverage.unreadable.length
      ? [
          `Not everything could be read this time: ${coverage.unreadable.length} of the places to look in.`,
        ]
      : []),
    ...(same ? [] : coverage.blindSpots),
  ].join(' ');
}

function differences(counts: EvidenceCheck['counts']): string {
  return [
    counts.missing && `${events(counts.missing)} not there any more`,
    counts.changed && `${events(counts.changed)} changed`,
    counts.added && `${events(counts.added)} more`,
  ]
    .filter(Boolean)
    .join(', ');
}

function events(count: number): string {
  return count === 1 ? 'one event' : `${count} events`;
}
