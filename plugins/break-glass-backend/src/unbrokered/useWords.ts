import { BreakGlassConfig } from '../config/types';
import { Candidate, UnexplainedUse } from './judgeUses';

/** How far the logs bear a use out. */
export type Seen = 'in-logs' | 'reported';

/** End of the words of a use that the logs may still bear out. */
export const REPORTED =
  ' Only an event reported it so far; the logs do not have it yet.';
/** End of the words of a use that they do not. */
export const NOT_IN_LOGS =
  ' Only an event reported it; the logs of that time are there and do not have it: the event was forged, or the trail does not record it.';

/** In the words of a use of which not everything could be read until the end. */
export const NOT_ALL_READ =
  ' Parts of the logs of its time could never be read: what was done is not known in full.';
/** In the words of a use that did more than is kept. */
export const NOT_ALL_KEPT =
  ' More was done than is kept here: only the first events are.';
/** In the words of a use that may be a request of ours whose answer was lost. */
export const MAY_BE_LOST =
  ' The portal asked for a session of this name then and never got the answer: this may be it, and nobody has its credentials. If it is another:';
/** What says how far the logs bear a use out; it stays the end of the words. */
const ENDINGS = [REPORTED, NOT_IN_LOGS];

/** The words of a use with a note on its events, once; the ending stays the ending. Pure. */
export function withNote(words: string, note: string): string {
  if (words.includes(note)) {
    return words;
  }
  const ending = ENDINGS.find(each => words.endsWith(each)) ?? '';
  return `${words.slice(0, words.length - ending.length)}${note}${ending}`;
}

/** What to know of a use before judging it. Holds no foreign text: it goes into notifications, too. */
export function useWords(
  config: Pick<BreakGlassConfig, 'partitions'>,
  use: UnexplainedUse,
  seen: Seen,
): string {
  return `${whatHappened(use)}${suspicion(config, use)}${
    seen === 'reported' ? REPORTED : ''
  }`;
}

/** One sentence on who did what, for titles as well. */
export function whatHappened({ use, watched }: Candidate): string {
  const { emergencyUser, role, account } = watched;
  const who = emergencyUser
    ? `The emergency user ${emergencyUser.title}`
    : 'Somebody';
  const what = role ? role.title : 'a role';
  switch (use.kind) {
    case 'assume-role':
      return `${who} assumed ${what} on ${account.title} without the portal.`;
    case 'console-sign-in':
      return role
        ? `${who} signed in to the console of ${account.title} with ${what}, without the portal.`
        : `${who} signed in to the console of ${account.title}.`;
    default:
      return use.session
        ? `${who} worked with ${what} on ${account.title} without the portal.`
        : `${who} took temporary credentials on ${account.title}.`;
  }
}

function suspicion(
  config: Pick<BreakGlassConfig, 'partitions'>,
  { use, watched, lease, resembles }: UnexplainedUse,
): string {
  if (resembles === 'probe') {
    return ' It has the name of the portal’s own probe of a killed lease, but the portal has no record of its key: the answer was lost, or somebody hides behind the name.';
  }
  const broker = Object.entries(config.partitions).find(
    ([partition]) => partition === use.partition,
  )?.[1]?.brokerAccountId;
  const byBroker =
    broker !== undefined &&
    !watched.emergencyUser &&
    use.principalAccountId === broker
      ? ' It was made from the broker’s account: if it was the broker, its keys are in other hands.'
      : '';
  const impostor = lease
    ? ' It carries the name of a lease, with a key that the portal never issued: what was done is not that lease’s.'
    : '';
  const lost = resembles === 'issuing' ? MAY_BE_LOST : '';
  return `${lost}${impostor}${byBroker}`;
}
