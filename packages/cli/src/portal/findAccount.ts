import type {
  AccountDetail,
  AccountSummary,
  BreakGlassClient,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { allPages } from './allPages';
import { line } from '../frame/inert';

/** Reference of an account entity; kind and namespace may be left out of it. */
const REF = /^(?:([a-z]+):)?(?:([a-z0-9._-]+)\/)?([a-z0-9._-]+)$/i;

/**
 * The account that a person means.
 *
 * @param text - name, title, 12-digit id or entity reference
 * @throws CliError where it is none, or more than one
 */
export async function findAccount(
  client: BreakGlassClient,
  text: string,
): Promise<AccountDetail> {
  const get = (ref: string) =>
    client.call('getAccount', { params: pathOf(ref) });
  if (text.includes('/') && REF.test(text)) {
    return get(text).catch(async error => {
      // A title can look like a reference without its kind.
      if (text.includes(':') || error?.statusCode !== 404) throw error;
      return get((await search(client, text)).ref);
    });
  }
  return get((await search(client, text)).ref);
}

/** The path of `resource:default/payroll` in the API. */
export function pathOf(ref: string) {
  const [, kind = 'resource', namespace = 'default', name] =
    REF.exec(ref) ?? [];
  if (!name) {
    throw new CliError(line`"${ref}" is no account.`, EXIT.usage);
  }
  return { kind, namespace, name };
}

async function search(
  client: BreakGlassClient,
  text: string,
): Promise<AccountSummary> {
  const items = await allPages(cursor =>
    client.call('listAccounts', {
      query: { search: text.slice(0, 100), limit: 100, cursor },
    }),
  );
  const fits = items.filter(account => means(account, text));
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
      : line`"${text}" is no account. See: break-glass accounts`,
    EXIT.usage,
  );
}

function means(account: AccountSummary, text: string): boolean {
  const words = text.toLowerCase();
  return [
    account.accountId,
    account.title.toLowerCase(),
    account.ref.toLowerCase(),
    account.ref.toLowerCase().split('/')[1],
  ].includes(words);
}
