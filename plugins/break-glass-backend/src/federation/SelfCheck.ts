import { Partition } from 'backstage-plugin-break-glass-common';
import { BreakGlassConfig } from '../config/types';
import { MAX_SKEW_MS } from '../leases/clockSkew';
import { BrokerIdentity } from './types';

/** Asks AWS who the broker is. */
export interface BrokerIdentities {
  /** @throws Error in words without secrets */
  of(
    partition: Partition,
    region: string,
    accountId?: string,
  ): Promise<BrokerIdentity>;
}

/** Whether the broker can be used, in every partition that is configured; for the health route. */
export class SelfCheck {
  constructor(
    private readonly config: Pick<
      BreakGlassConfig,
      'partitions' | 'defaultRegions'
    >,
    private readonly identities: BrokerIdentities,
    private readonly clock: { now(): number },
  ) {}

  /** Asks every partition at once. Never throws. */
  async look(): Promise<{ ok: boolean; words: string }> {
    const partitions = Object.keys(this.config.partitions) as Partition[];
    const found = await Promise.all(partitions.map(each => this.one(each)));
    return {
      ok: found.length > 0 && found.every(({ ok }) => ok),
      words:
        found.map(({ words }) => words).join(' ') ||
        'No broker is configured: add breakGlass.partitions.',
    };
  }

  private async one(
    partition: Partition,
  ): Promise<{ ok: boolean; words: string }> {
    const expected = this.config.partitions[partition]!.brokerAccountId;
    const region = this.config.defaultRegions[partition];
    if (!region) {
      return {
        ok: false,
        words: `${partition}: set breakGlass.partitions.${partition}.defaultRegion to check the broker.`,
      };
    }
    try {
      const identity = await this.identities.of(partition, region);
      return this.judge(partition, expected, identity);
    } catch (error) {
      return { ok: false, words: `${partition}: ${(error as Error).message}` };
    }
  }

  private judge(
    partition: Partition,
    expected: string,
    { accountId, serverTime }: BrokerIdentity,
  ): { ok: boolean; words: string } {
    if (accountId !== expected) {
      return {
        ok: false,
        words: `${partition}: the broker's credentials belong to the account ${accountId}, not to ${expected}.`,
      };
    }
    const skew =
      serverTime === undefined ? 0 : Math.abs(this.clock.now() - serverTime);
    return skew > MAX_SKEW_MS
      ? {
          ok: false,
          words: `${partition}: the clock of AWS STS differs by ${Math.round(
            skew / 1_000,
          )} s.`,
        }
      : { ok: true, words: `${partition}: the broker of ${expected} answers.` };
  }
}
