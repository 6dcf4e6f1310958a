import type {
  AccountDetail,
  AccountSummary,
  BreakGlassClient,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../CliError';
import type { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { commandHint } from '../frame/commandHint';
import { allPages } from './allPages';
import { line } from '../frame/inert';
import { AccountPath, isMeant, parseAccountRef } from './accountNames';

/**
 * The account that a person means.
 *
 * @param text - name, title, 12-digit id or entity reference
 * @throws CliError where it is none, or more than one
 */
export async function findAccount(
  context: Pick<Context, 'env'>,
  client: BreakGlassClient,
  text: string,
): Promise<AccountDetail> {
  const get = (ref: string) =>
    client.call('getAccount', { params: pathOf(ref) });
  if (text.includes('/') && parseAccountRef(text)) {
    return get(text).catch(async error => {
      // A title can look like a reference without its kind.
      if (text.includes(':') || error?.statusCode !== 404) throw error;
      return get((await search(context, client, text)).ref);
    });
  }
  return get((await search(context, client, text)).ref);
}

/** The path of `resource:default/payroll` in the API. */
export function pathOf(ref: string): AccountPath {
  const path = parseAccountRef(ref);
  if (!path) {
    throw new CliError(line`"${ref}" is no account.`, EXIT.usage);
  }
  return path;
}

async function search(
  context: Pick<Context, 'env'>,
  client: BreakGlassClient,
  text: string,
): Promise<AccountSummary> {
  const items = await allPages(cursor =>
    client.call('listAccounts', {
      query: { search: text.slice(0, 100), limit: 100, cursor },
    }),
  );
  const fits = items.filter(account => isMeant(account, text));
  if (fits.length === 1) {
    return fits[0];
  }
  const near = (fits.length > 1 ? fits : items).slice(0, 5);
  throw new CliError(
    near.length > 0
      ? line`"${text}" is ${
          fits.length > 1 ? 'more than one account' : 'no account'
        }. Did you mean ${near
          .map(account => `${account.ref} (${account.title})`)
          .join(', ')}?`
      : line`"${text}" is no account. See: ${commandHint(context, 'accounts')}`,
    EXIT.usage,
  );
}
