import {
  AccountDetail,
  BreakGlassClient,
} from 'backstage-plugin-break-glass-common';
import type { Context } from '../../Context';
import { findAccount } from '../../portal/findAccount';
import { allPages } from '../../portal/allPages';

/** How many accounts are asked for at the same time. */
const AT_ONCE = 5;

/** The accounts that a person names, or all that they can use. */
export async function accountsFor(
  context: Pick<Context, 'env'>,
  client: BreakGlassClient,
  typed: string[] | 'all',
): Promise<AccountDetail[]> {
  const names = typed === 'all' ? await usable(client) : typed;
  const found: AccountDetail[] = [];
  for (let index = 0; index < names.length; index += AT_ONCE) {
    const some = names.slice(index, index + AT_ONCE);
    found.push(
      ...(await Promise.all(
        some.map(name => findAccount(context, client, name)),
      )),
    );
  }
  return found;
}

async function usable(client: BreakGlassClient): Promise<string[]> {
  const accounts = await allPages(cursor =>
    client.call('listAccounts', {
      query: { usable: 'true', limit: 100, cursor },
    }),
  );
  return accounts.map(({ ref }) => ref);
}
