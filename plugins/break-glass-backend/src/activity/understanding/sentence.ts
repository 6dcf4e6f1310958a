import { EvidenceRow, Millis } from '../../database/types';

/** What the sentence about a lease is made of. */
export interface SentenceFacts {
  changes: number;
  reads: number;
  refused: number;
  sensitive: number;
  /** In words, most used first. */
  services: string[];
  networks: number;
  /** From the first to the last call. */
  duration: Millis;
  state: EvidenceRow['state'];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Services that are named; more are counted. */
const NAMED = 3;

/** E.g. `2 changes and 1 refused call in S3, from one network, within 12 minutes.` */
export function sentenceOf(facts: SentenceFacts): string {
  const counted = [
    counts(facts.changes, 'change'),
    counts(facts.reads, 'read'),
    counts(facts.refused, 'refused call'),
  ].filter(words => words !== undefined);
  if (counted.length === 0) {
    return facts.state === 'complete'
      ? 'Nothing was done: the logs hold no call.'
      : 'No call was found so far.';
  }
  const parts = [
    `${listed(counted)} in ${servicesIn(facts.services)}`,
    counts(facts.sensitive, 'sensitive', 'sensitive'),
    facts.networks > 0
      ? `from ${facts.networks === 1 ? 'one' : facts.networks} network${
          facts.networks === 1 ? '' : 's'
        }`
      : undefined,
    within(facts.duration),
  ].filter(words => words !== undefined);
  return `${parts.join(', ')}.`;
}

function counts(
  count: number,
  noun: string,
  plural = `${noun}s`,
): string | undefined {
  if (count === 0) {
    return undefined;
  }
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}

function servicesIn(services: string[]): string {
  const more = services.length - NAMED;
  return more > 0
    ? listed([
        ...services.slice(0, NAMED),
        counts(more, 'other service', 'other services')!,
      ])
    : listed(services);
}

function listed(words: string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

function within(duration: Millis): string {
  if (duration < MINUTE) {
    return 'within a minute';
  }
  return duration < 2 * HOUR
    ? `within ${Math.ceil(duration / MINUTE)} minutes`
    : `within ${Math.ceil(duration / HOUR)} hours`;
}
