import { Understanding } from 'backstage-plugin-break-glass-common';
import { Clock } from 'backstage-plugin-break-glass-node';
import { BreakGlassConfig } from '../../config/types';
import { Database, LeaseRow } from '../../database/types';
import { presentEvidence } from '../evidence';
import { lacksOf } from '../profileHint';
import { residueItem } from '../residue';
import { RuleSet, rulesWith } from '../sensitive';
import { permissionUse } from './permissionUse';
import { sentenceOf } from './sentence';
import { servicesTouched, spokenTitle } from './servicesTouched';
import { mostFirst, networksOf, sums, usedPermissions } from './totals';
import { understood, UnderstoodGroup } from './UnderstoodGroup';

/** Lacking permissions and networks that are listed; those with most calls. */
const MOST = 100;

/** What understanding a lease takes. */
export interface UnderstandingDependencies {
  config: BreakGlassConfig;
  database: Database;
  clock: Clock;
  /** Where not those that come with the plugin. */
  rules?: RuleSet;
}

/**
 * What was done under a lease, beside why it was asked for. Counted in the
 * database: as quick, and as small, for 50,000 events as for five. Whether the
 * caller may read the lease is for the caller of this to check (pitfall 22).
 */
export class UnderstandingService {
  constructor(private readonly deps: UnderstandingDependencies) {}

  /** The understanding of a lease as its evidence stands. */
  async understand(lease: LeaseRow): Promise<Understanding> {
    const { config, database, clock } = this.deps;
    const [groups, residue, evidence] = await Promise.all([
      database.activity.groups(lease.id),
      database.residue.ofLease(lease.id),
      presentEvidence(database, lease, config.review, clock.now()),
    ]);
    const all = await Promise.all(groups.map(understood));
    const services = servicesTouched(all, lease.scope);
    const networks = networksOf(all);
    return {
      sentence: sentenceOf({
        ...sums(all),
        services: await Promise.all(
          services.map(({ service }) => spokenTitle(service)),
        ),
        networks: networks.length,
        state: evidence.state,
      }),
      services,
      lacking: this.lacking(lease, all),
      permissions: await permissionUse(
        lease.scope.statements,
        usedPermissions(all),
        evidence.dataEvents,
      ),
      networks: networks.slice(0, MOST),
      marks: this.marks(all),
      residue: residue.map(residueItem),
    };
  }

  private lacking(
    lease: LeaseRow,
    all: UnderstoodGroup[],
  ): Understanding['lacking'] {
    const lack = lacksOf(this.deps.config, lease);
    const calls = new Map<string, number>();
    for (const { refused, denied, chained, permission, count } of all) {
      if (refused && !denied && !chained && permission) {
        calls.set(permission, (calls.get(permission) ?? 0) + count);
      }
    }
    return mostFirst(
      [...calls].map(([action, n]) => ({ action, calls: n })),
      each => each.calls,
    )
      .flatMap(({ action, calls: n }) => {
        const lacked = lack(action);
        return lacked
          ? [
              {
                action,
                calls: n,
                profiles: lacked.profiles.map(({ id, title }) => ({
                  id,
                  title,
                })),
              },
            ]
          : [];
      })
      .slice(0, MOST);
  }

  private marks(all: UnderstoodGroup[]): Understanding['marks'] {
    const { rules, counting } = this.deps.rules ?? rulesWith();
    const known = new Map([...rules, ...counting].map(rule => [rule.id, rule]));
    const marks = new Map<string, Understanding['marks'][number]>();
    for (const { sensitive, count } of all) {
      for (const { rule, why } of sensitive) {
        const before = marks.get(rule);
        marks.set(rule, {
          rule,
          // A rule that is gone since is told by what its marks say.
          title: known.get(rule)?.title ?? rule,
          why: known.get(rule)?.why ?? why,
          events: (before?.events ?? 0) + count,
        });
      }
    }
    return mostFirst([...marks.values()], each => each.events);
  }
}
