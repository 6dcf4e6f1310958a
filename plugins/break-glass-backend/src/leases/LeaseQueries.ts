import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { candidates } from '../approvals';
import {
  EvidenceRow,
  LeaseRow,
  ReviewRow,
  SessionRow,
} from '../database/types';
import { describeProfile, sessionPolicy } from '../profiles';
import { extensionsInView } from './extensions/extensionView';
import { minutesLeft } from './extensions/explainExtension';
import { decisionHints } from './decisionHints';
import { DecidedLease } from './DecisionService';
import { Caller, LeaseDependencies } from './dependencies';
import { refused } from './explain';
import { frozenFacts } from './explainDecide';
import {
  LeaseActionRules,
  ReadLease,
  UpperExplainers,
} from './LeaseActionRules';
import { refsOf } from './LeaseLists';
import {
  decisionView,
  leaseSummary,
  reviewView,
  sessionView,
  stepsInView,
} from './leaseView';
import { readLease } from './readLease';

/** Candidates counted on one step. */
const MAX_CANDIDATES = 200;

/** Reads one lease, as far as a person may see it. */
export class LeaseQueries {
  private readonly actions: LeaseActionRules;

  constructor(
    private readonly deps: LeaseDependencies,
    upper: UpperExplainers,
  ) {
    this.actions = new LeaseActionRules(deps, upper);
  }

  /** @throws NotFoundError `lease-unknown`, also for what the caller may not see. */
  async read(caller: Caller, id: string): Promise<ReadLease> {
    const lease = await readLease(this.deps, caller, id);
    const { decisions, extensions } = this.deps.database;
    const [onRequest, asked, onExtensions] = await Promise.all([
      decisions.ofLeases([id]),
      extensions.ofLeases([id]),
      extensions.decisionsOf([id]),
    ]);
    return {
      ...lease,
      decisions: onRequest,
      extensions: asked,
      onExtensions,
    };
  }

  /** One lease with everything that a person decides on. */
  async detail(caller: Caller, id: string): Promise<LeaseDetail> {
    const { sessions, reviews, evidence } = this.deps.database;
    const [lease, issued, given, [collected]] = await Promise.all([
      this.read(caller, id),
      sessions.ofLeases([id]),
      reviews.ofLease(id),
      evidence.ofLeases([id]),
    ]);
    return this.view(lease, {
      sessions: issued,
      reviews: given,
      evidence: collected,
    });
  }

  /** The same right after a decision, without reading again: nothing was done yet under what waited. */
  async asDecided(lease: DecidedLease): Promise<LeaseDetail> {
    return this.view(
      { ...lease, extensions: [], onExtensions: [] },
      { sessions: [], reviews: [] },
    );
  }

  private async view(
    lease: ReadLease,
    done: {
      sessions: SessionRow[];
      reviews: ReviewRow[];
      evidence?: EvidenceRow;
    },
  ): Promise<LeaseDetail> {
    const { row, decisions } = lease;
    const [actions, extensions, steps, policy, names] = await Promise.all([
      this.actions.of(lease),
      extensionsInView(
        this.deps,
        row,
        lease.person,
        lease.extensions,
        lease.onExtensions,
      ),
      this.steps(lease),
      this.policyOf(row),
      this.deps.people.names(refsOf(row)),
    ]);
    const mayDecide =
      actions.decide.allowed || extensions.some(({ decide }) => decide.allowed);
    return {
      ...leaseSummary(row, {
        now: this.deps.clock.now(),
        names,
        decisions,
        sessionCount: done.sessions.filter(({ state }) => state !== 'refused')
          .length,
        evidence: done.evidence,
        extensions: lease.extensions,
      }),
      version: row.version,
      order: row.scope.approvalPolicy.order,
      steps,
      decisions: decisions.map(decisionView),
      sessions: done.sessions.map(sessionView),
      policy,
      reviews: done.reviews.map(reviewView),
      extensions,
      extendable: minutesLeft(row, this.role(row)),
      actions,
      ticketUrl: this.ticketUrl(row.ticket),
      hints: mayDecide ? await decisionHints(this.deps, lease.person, row) : [],
    };
  }

  /**
   * One lease as its own person sees it after ending it. Where the catalog
   * cannot say who anybody is, the lease is shown without what depends on
   * people: ending works all the same, and the answer says so (I4).
   */
  async afterClosing(caller: Caller, id: string): Promise<LeaseDetail> {
    try {
      return await this.detail(caller, id);
    } catch (error) {
      const row = await this.deps.database.leases.get(id);
      if (!row || ![row.requester, row.closedBy].includes(caller.ref)) {
        throw error;
      }
      return this.withoutPeople(row);
    }
  }

  private async withoutPeople(row: LeaseRow): Promise<LeaseDetail> {
    const [decisions, sessions, reviews] = await Promise.all([
      this.deps.database.decisions.ofLeases([row.id]),
      this.deps.database.sessions.ofLeases([row.id]),
      this.deps.database.reviews.ofLease(row.id),
    ]);
    const unknown = refused(
      'catalog-unavailable',
      'Who you are cannot be checked now. Reload the page in a minute.',
    );
    return {
      ...leaseSummary(row, {
        now: this.deps.clock.now(),
        decisions,
        sessionCount: sessions.length,
        names: new Map(),
        extensions: [],
      }),
      version: row.version,
      order: row.scope.approvalPolicy.order,
      steps: [],
      decisions: decisions.map(decisionView),
      sessions: sessions.map(sessionView),
      policy: await this.policyOf(row),
      reviews: reviews.map(reviewView),
      extensions: [],
      extendable: 0,
      actions: {
        decide: unknown,
        approve: unknown,
        extend: unknown,
        cancel: unknown,
        end: unknown,
        revoke: unknown,
        issue: unknown,
        review: unknown,
        assign: unknown,
        reopen: unknown,
      },
      ticketUrl: this.ticketUrl(row.ticket),
      hints: [],
    };
  }

  private async policyOf(row: LeaseRow): Promise<LeaseDetail['policy']> {
    const { statements, managedPolicies } = row.scope;
    const { document, size } = sessionPolicy(
      {
        statements,
        managedPolicyArns: Object.keys(managedPolicies).sort(),
        chaining: row.scope.chaining,
      },
      { leaseEndsAt: row.expiresAt },
    );
    return { services: await describeProfile(row.scope), document, size };
  }

  private async steps({ row, decisions }: ReadLease) {
    const facts = frozenFacts(row, decisions);
    const able = await candidates(this.deps.people, facts, MAX_CANDIDATES);
    return stepsInView(this.deps.people, facts, able);
  }

  private role({ roleId }: LeaseRow) {
    return this.deps.config.roles.find(({ id }) => id === roleId);
  }

  private ticketUrl(ticket: string | undefined): string | undefined {
    const template = this.deps.config.ticket.url;
    return ticket && template
      ? template.replace('${ticket}', encodeURIComponent(ticket))
      : undefined;
  }
}
