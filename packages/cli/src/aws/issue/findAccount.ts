import {
  AccountDetail,
  AccountSummary,
  BreakGlassClient,
} from 'backstage-plugin-break-glass-common';
import { oneLine } from 'backstage-plugin-break-glass-common/credentials';
import { CliError } from '../../CliError';
import { EXIT } from '../../exitCodes';

const MAX_PAGES = 20;
const REF = /^(?:([a-z0-9.+-]+):)?([a-z0-9._-]+)\/([A-Za-z0-9._-]+)$/i;

/**
 * The account that a person means: by its entity reference, 12-digit id, name or title.
 * @throws CliError where there is none, or more than one
 */
export async function findAccount(
  client: BreakGlassClient,
  typed: string,
): Promise<AccountDetail> {
  const ref = REF.exec(typed);
  if (ref) {
    const [, kind = 'resource', namespace, name] = ref;
    return client.call('getAccount', { params: { kind, namespace, name } });
  }
  const found = await search(client, typed);
  if (found.length !== 1) {
    throw new CliError(
      found.length === 0
        ? `There is no account ${oneLine(typed)}. Run: break-glass accounts`
        : `Several accounts are called ${oneLine(typed)}: ${oneLine(
            found.map(({ ref: each }) => each).join(', '),
          )}. Name one of these.`,
      EXIT.usage,
      'account-unknown',
    );
  }
  return findAccount(client, found[0].ref);
}

async function search(
  client: BreakGlassClient,
  typed: string,
): Promise<AccountSummary[]> {
  const found: AccountSummary[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, nextCursor } = await client.call('listAccounts', {
      query: { search: typed.slice(0, 100), limit: 100, cursor },
    });
    found.push(...items.filter(item => isCalled(item, typed)));
    if (!nextCursor) {
      break;
    }
    cursor = nextCursor;
  }
  return found;
}

function isCalled(account: AccountSummary, typed: string): boolean {
  const words = typed.toLocaleLowerCase('en');
  return (
    account.accountId === typed ||
    account.title.toLocaleLowerCase('en') === words ||
    account.ref.toLocaleLowerCase('en').endsWith(`/${words}`)
  );
}
