import { Understanding } from 'backstage-plugin-break-glass-common';
import { StatementConfig } from '../../config/types';
import { EvidenceRow } from '../../database/types';
import { actionsOf, asList, matchesAction } from '../../profiles';
import { isDataEvent } from './dataEvents';

/**
 * Which permissions of a profile were used, as its statements write them. One
 * that data events alone would show is not called unused where there are none.
 * @param used - permissions that calls made use of, e.g. `s3:PutBucketPolicy`
 */
export async function permissionUse(
  statements: StatementConfig[],
  used: string[],
  dataEvents: EvidenceRow['dataEvents'],
): Promise<Understanding['permissions']> {
  const use: Understanding['permissions'] = {
    used: [],
    unused: [],
    unseen: [],
  };
  for (const { words, pattern, allBut } of permissionsOf(statements)) {
    const isUsed = used.some(each => matchesAction(pattern, each) !== allBut);
    if (isUsed) {
      use.used.push(words);
    } else if (
      dataEvents !== 'seen' &&
      (allBut || (await coversDataEvents(pattern)))
    ) {
      use.unseen.push(words);
    } else {
      use.unused.push(words);
    }
  }
  return use;
}

interface Permission {
  words: string;
  pattern: string;
  allBut: boolean;
}

/** Each once, in the order of the profile. */
function permissionsOf(statements: StatementConfig[]): Permission[] {
  const all = statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, NotAction }) => [
      ...asList(Action).map(pattern => ({
        words: pattern,
        pattern,
        allBut: false,
      })),
      ...asList(NotAction).map(pattern => ({
        words: `everything but ${pattern}`,
        pattern,
        allBut: true,
      })),
    ]);
  return [...new Map(all.map(each => [each.words, each])).values()];
}

async function coversDataEvents(pattern: string): Promise<boolean> {
  const [service, name] = pattern.split(':');
  if (name === undefined) {
    return true;
  }
  const actions = (await actionsOf(service)).map(each => `${service}:${each}`);
  return [pattern, ...actions].some(
    action => matchesAction(pattern, action) && isDataEvent(action),
  );
}
