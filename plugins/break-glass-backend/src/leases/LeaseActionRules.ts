import { Explanation, LeaseActions } from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import {
  DecisionRow,
  ExtensionDecisionRow,
  ExtensionRow,
  LeaseRow,
} from '../database/types';
import { decisionContext, PresentContext } from './decisionContext';
import { LeaseDependencies } from './dependencies';
import {
  explainCancel,
  explainEnd,
  explainRevoke,
  mayRevoke,
  refused,
} from './explain';
import { explainDecide } from './explainDecide';
import { explainExtend } from './extensions/explainExtension';
import { statusAt } from './lifecycle';

/** A lease that a person may read, with what the rules look at. */
export interface ReadLease {
  person: Person;
  row: LeaseRow;
  decisions: DecisionRow[];
  extensions: ExtensionRow[];
  /** Decisions on its extensions. */
  onExtensions: ExtensionDecisionRow[];
}

/** Every decision about a lease: who decided is not independent of it (I8). */
export function decidedBy(
  lease: Pick<ReadLease, 'decisions' | 'onExtensions'>,
): DecisionRow[] {
  return [...lease.decisions, ...lease.onExtensions];
}

/** Answers of the rooms above: may this person get credentials, may they review, assign, reopen? */
export interface UpperExplainers {
  issue(lease: ReadLease): Promise<Explanation>;
  review(lease: ReadLease): Promise<Explanation>;
  assign(lease: ReadLease): Promise<Explanation>;
  reopen(lease: ReadLease): Promise<Explanation>;
}

/** What a person may do with a lease, by the rules that enforcement uses. */
export class LeaseActionRules {
  constructor(
    private readonly deps: LeaseDependencies,
    private readonly upper: UpperExplainers,
  ) {}

  /** What the caller may do, each with its reasons. */
  async of(lease: ReadLease): Promise<LeaseActions> {
    const { person, row } = lease;
    const now = this.deps.clock.now();
    const approved = decidedBy(lease).some(
      each => each.person === person.ref && each.verdict === 'approve',
    );
    const context = await this.context(lease);
    const { stepIds, ...analysis } = explainDecide(context, person, now);
    // Who fits several steps may decide, and says for which.
    const decide = {
      ...analysis,
      allowed: analysis.allowed || stepIds.length > 1,
    };
    const [issue, review, assign, reopen] = await Promise.all([
      this.upper.issue(lease),
      this.upper.review(lease),
      this.upper.assign(lease),
      this.upper.reopen(lease),
    ]);
    return {
      decide,
      approve:
        decide.allowed && context.stale
          ? refused(context.stale.code, context.stale.message)
          : decide,
      cancel: explainCancel(row, person.ref, now),
      end: explainEnd(row, person.ref, now),
      revoke: explainRevoke(
        row,
        { approved, mayRevoke: mayRevoke(this.deps.config, row, person) },
        now,
      ),
      extend: explainExtend(
        row,
        {
          caller: person.ref,
          role: this.deps.config.roles.find(({ id }) => id === row.roleId),
          extensions: lease.extensions,
        },
        now,
      ),
      issue,
      review,
      assign,
      reopen,
    };
  }

  /** A lease that nobody decides on any more is shown by what it was decided under. */
  private async context({
    row,
    decisions,
  }: ReadLease): Promise<PresentContext> {
    return statusAt(row, this.deps.clock.now()) === 'pending'
      ? decisionContext(this.deps, row, decisions)
      : {
          row,
          decisions,
          policyNow: row.scope.approvalPolicy,
          ownerNow: row.accountOwner,
          known: new Map(),
        };
  }
}
