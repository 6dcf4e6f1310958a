import { AccountDirectory } from '../accounts/types';
import { BreakGlassConfig } from '../config/types';
import { Millis } from '../database/types';
import { WatchedAccount, WatchList } from './WatchList';

/** Accounts of one page of the catalog. */
const PAGE = 100;
/** How old a list may be for events, which come often. */
const FRESH: Millis = 5 * 60_000;

/** The watch list of all accounts that the catalog's trusted origins name (I13). */
export class WatchedAccounts {
  private recent?: { at: Millis; list: Promise<WatchList> };

  constructor(
    private readonly deps: {
      config: Pick<BreakGlassConfig, 'roles' | 'unbrokered' | 'partitions'>;
      directory: AccountDirectory;
      clock: { now(): Millis };
    },
  ) {}

  /** Reads the catalog now. @throws ServiceUnavailableError where it cannot be read. */
  async read(): Promise<WatchList> {
    const accounts: WatchedAccount[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.deps.directory.list({ limit: PAGE, cursor });
      for (const each of page.items) {
        if (each.ok) {
          accounts.push(each.account);
        }
      }
      cursor = page.nextCursor;
    } while (cursor);
    return new WatchList(this.deps.config, accounts);
  }

  /** The same, of the last minutes. */
  async lately(): Promise<WatchList> {
    const now = this.deps.clock.now();
    if (!this.recent || now - this.recent.at >= FRESH) {
      const list = this.read();
      this.recent = { at: now, list };
      list.catch(() => {
        this.recent = undefined;
      });
    }
    return this.recent.list;
  }
}
