import { LoggerService } from '@backstage/backend-plugin-api';
import { AccountDirectory, AccountQuery, AccountResolution } from './types';

/** Accounts and reasons that are remembered as said. */
const MOST = 10_000;

/** Writes to the log why an account is not usable, once for each account and reason (I13). */
export class LoggedAccountDirectory implements AccountDirectory {
  private readonly said = new Set<string>();

  constructor(
    private readonly directory: AccountDirectory,
    private readonly logger: LoggerService,
  ) {}

  async resolve(ref: string): Promise<AccountResolution | undefined> {
    const resolution = await this.directory.resolve(ref);
    this.note(resolution ? [resolution] : []);
    return resolution;
  }

  async list(
    query: AccountQuery,
  ): Promise<{ items: AccountResolution[]; nextCursor?: string }> {
    const page = await this.directory.list(query);
    this.note(page.items);
    return page;
  }

  private note(resolutions: AccountResolution[]) {
    for (const resolution of resolutions) {
      if (!resolution.ok) {
        resolution.problems.forEach(({ code, message }) =>
          this.sayOnce(resolution.ref, code, message),
        );
      }
    }
  }

  private sayOnce(ref: string, code: string, message: string) {
    const key = `${ref} ${code}`;
    if (!this.said.has(key) && this.said.size < MOST) {
      this.said.add(key);
      this.logger.warn(
        `The account ${ref} is not usable (${code}): ${message}`,
      );
    }
  }
}
