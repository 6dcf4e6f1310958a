import type { AccountSummary } from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { note, say, sayJson } from '../../frame/output';
import { allPages } from '../../portal/allPages';
import { tableText } from '../../words/tableText';
import type { AccountsOptions } from '../accounts';

/** Prints a page of accounts, or all of them. */
export async function listAccounts(
  context: Context,
  search: string | undefined,
  options: AccountsOptions,
): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new CliError('--limit is a number from 1 to 100.', EXIT.usage);
  }
  const { client } = await context.session();
  const page = (cursor?: string) =>
    client.call('listAccounts', {
      query: { search, limit: options.all ? 100 : limit, cursor },
    });
  const { items, nextCursor } = options.all
    ? { items: await allPages(page), nextCursor: undefined }
    : await page(options.cursor);
  if (options.json) {
    sayJson(context, { items, nextCursor });
    return;
  }
  if (items.length === 0) {
    say(
      context,
      search
        ? 'No account has that in its name or id.'
        : 'There is no account.',
    );
  } else {
    say(
      context,
      await tableText(['ACCOUNT', 'ID', 'NAME', 'OWNER', ''], items.map(toRow)),
    );
  }
  if (nextCursor) {
    note(context, moreWords(nextCursor));
  }
}

function toRow(account: AccountSummary): string[] {
  const remark = account.problems
    .map(({ message, fix }) => `${message} ${fix}`)
    .join(' ');
  return [
    account.ref.replace(/^resource:default\//, ''),
    account.accountId,
    account.title,
    account.owner ?? 'nobody',
    remark && `cannot be used: ${remark}`,
  ];
}

/** What people may copy into their shell is checked by pattern (pitfall 32). */
function moreWords(cursor: string): string {
  return /^[\w.=+/-]+$/.test(cursor)
    ? `There are more: add --all, or --cursor ${cursor}`
    : 'There are more: add --all';
}
