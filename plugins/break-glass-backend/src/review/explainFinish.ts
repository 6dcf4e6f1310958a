import { Explanation } from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { FollowUpRow } from '../database/types';
import { allowed, refused } from '../leases/explain';

/**
 * Whether a person may say that a follow-up is done: its owner, a member of the
 * group that owns it, or a reviewer where nobody owns it. Pure.
 */
export function explainFinish(
  row: Pick<FollowUpRow, 'owner' | 'doneAt'>,
  facts: { person: Pick<Person, 'ref' | 'groups'>; isReviewer: boolean },
): Explanation {
  const { owner } = row;
  const { person, isReviewer } = facts;
  const owns =
    owner !== undefined && (owner === person.ref || person.groups.has(owner));
  if (!owns && !(owner === undefined && isReviewer)) {
    return refused(
      'not-follow-up-owner',
      owner
        ? `Only ${owner} can say that this is done.`
        : 'Nobody owns this: a reviewer can say that it is done.',
    );
  }
  return row.doneAt === undefined
    ? allowed
    : refused('conflict', 'This follow-up was done already.');
}
