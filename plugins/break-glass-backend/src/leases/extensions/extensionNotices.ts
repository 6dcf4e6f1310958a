import { ExtensionRow, LeaseRow } from '../../database/types';
import { notice, signal } from '../notices';

/** What is told of extensions. The reason stays in the portal (pitfall 32). */
export const extensionNotices = {
  asked: (
    row: LeaseRow,
    { fromMinutes, toMinutes }: ExtensionRow,
    who: string,
    approvers: string[],
  ) => [
    ...notice(
      row,
      approvers,
      `${who} asks for ${toMinutes - fromMinutes} minutes more on ${
        row.accountTitle
      }`,
      `${row.roleTitle} with ${row.profileTitle}. Open the lease to decide before it ends.`,
      'high',
    ),
    signal(row),
  ],
  approved: (row: LeaseRow) => [
    ...notice(
      row,
      [row.requester],
      `Your access to ${row.accountTitle} lasts longer`,
      'The extension is approved. Credentials that are out end as before: get new ones.',
    ),
    signal(row),
  ],
  rejected: (row: LeaseRow) => [
    ...notice(
      row,
      [row.requester],
      `Your access to ${row.accountTitle} ends as before`,
      'The extension was rejected. Open the lease to read why.',
    ),
    signal(row),
  ],
  changed: (row: LeaseRow) => [signal(row)],
};
