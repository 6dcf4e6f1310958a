import { refuseClockSkew } from './clockSkew';
import { LeaseDependencies } from './dependencies';

/** How long a clock that was right is taken to stay so, by this machine's clock. */
const REMEMBERED_MS = 10_000;

/** The database's clock (I11), without asking for it at every decision. */
export class DatabaseClock {
  private rightAt = -Infinity;

  constructor(
    private readonly deps: Pick<LeaseDependencies, 'clock' | 'database'>,
  ) {}

  /**
   * A clock of this machine that jumps is noticed at once: by less than what is
   * remembered, it is still right.
   * @throws ServiceUnavailableError `clock-skew`
   */
  async refuseSkew(): Promise<void> {
    const now = this.deps.clock.now();
    if (Math.abs(now - this.rightAt) < REMEMBERED_MS) {
      return;
    }
    refuseClockSkew(now, await this.deps.database.now(), 'the database');
    this.rightAt = now;
  }
}
