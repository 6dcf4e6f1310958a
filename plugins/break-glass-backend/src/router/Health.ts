import { Health as HealthView } from 'backstage-plugin-break-glass-common';
import { ActivitySource, Clock } from 'backstage-plugin-break-glass-node';
import { PolicyProofs } from '../approvals';
import { AuditLog } from '../audit';
import { BreakGlassConfig } from '../config/types';
import { Database } from '../database/types';
import { BrokerCheckQueries, SelfCheck } from '../federation';
import { scanState } from '../unbrokered';

type Part = HealthView['parts'][number];

/** Largest difference between clocks that is not a fault, in milliseconds (I11). */
const MAX_SKEW = 30_000;
/** Oldest message that is not a fault, in milliseconds. */
const MAX_LAG = 5 * 60_000;

/** State of everything that the product depends on, with words for operators. */
export class Health {
  constructor(
    private readonly parts: {
      config: Pick<BreakGlassConfig, 'unbrokered'>;
      database: Database;
      clock: Clock;
      audit: AuditLog;
      source: ActivitySource;
      selfCheck: SelfCheck;
      brokerChecks: Pick<BrokerCheckQueries, 'state'>;
      proofs: Pick<PolicyProofs, 'state'>;
    },
  ) {}

  /** Looks at every part now; a part that throws is not well. */
  async look(): Promise<HealthView> {
    const { config, database, clock, source, selfCheck, audit, proofs } =
      this.parts;
    const now = clock.now();
    return {
      parts: await Promise.all([
        this.part('broker', () => selfCheck.look()),
        this.part('accounts', () => this.parts.brokerChecks.state()),
        this.part('log-source', () => source.probe()),
        this.part('approvals', () => proofs.state()),
        this.part('unbrokered', () => scanState(database, config, now)),
        this.part('outbox', async () => {
          const { waiting, oldestMs } = await database.outbox.lag(now);
          return {
            ok: oldestMs < MAX_LAG,
            words: waiting
              ? `${waiting} messages wait, the oldest for ${Math.round(
                  oldestMs / 1000,
                )} s.`
              : 'Nothing waits.',
          };
        }),
        this.part('anchor', () => audit.anchorState()),
        this.part('clock', async () => {
          const skew = Math.abs((await database.now()) - now);
          return {
            ok: skew <= MAX_SKEW,
            words: `${Math.round(
              skew / 1000,
            )} s between this server and the database.`,
          };
        }),
      ]),
    };
  }

  private async part(
    name: Part['name'],
    look: () => Promise<{ ok: boolean; words: string }>,
  ): Promise<Part> {
    try {
      return { name, ...(await look()) };
    } catch (error) {
      return { name, ok: false, words: (error as Error).message };
    }
  }
}
