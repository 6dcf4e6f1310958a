import {
  Decision,
  LeaseStep,
  LeaseSummary,
  ReviewSummary,
  Risk,
  SessionSummary,
} from 'backstage-plugin-break-glass-common';
import { People } from '../accounts/types';
import {
  progress,
  refsOfPolicy,
  StepCandidates,
  stepSummary,
} from '../approvals';
import { ApprovalFacts } from '../approvals/types';
import {
  DecisionRow,
  EvidenceRow,
  ExtensionRow,
  LeaseRow,
  Millis,
  ReviewRow,
  SessionRow,
} from '../database/types';
import { frozenFacts } from './explainDecide';
import { extensionStatusAt } from './extensions/explainExtension';
import { statusAt } from './lifecycle';

/** People shown by name on one step. */
const CANDIDATES_SHOWN = 10;

/** An instant as the contract writes it. */
export function iso(at: Millis): string {
  return new Date(at).toISOString();
}

/** The same, for an instant that may be missing. */
export function isoOr(at: Millis | undefined): string | undefined {
  return at === undefined ? undefined : iso(at);
}

/** A lease as lists show it. Status is the clock's. */
export function leaseSummary(
  row: LeaseRow,
  facts: {
    now: Millis;
    decisions: DecisionRow[];
    sessionCount: number;
    names: Map<string, string>;
    evidence?: EvidenceRow;
    extensions: ExtensionRow[];
  },
): LeaseSummary {
  const person = (ref: string) => ({
    ref,
    displayName: facts.names.get(ref) ?? ref,
  });
  const { missing } = progress(frozenFacts(row, facts.decisions));
  const byPeople = row.approvalKind === 'people';
  return {
    id: row.id,
    status: statusAt(row, facts.now),
    approvalKind: row.approvalKind,
    account: {
      ref: row.accountRef,
      title: row.accountTitle,
      accountId: row.accountId,
      partition: row.partition,
      region: row.region,
    },
    role: { id: row.roleId, title: row.roleTitle, arn: row.roleArn },
    profile: {
      id: row.profileId,
      title: row.profileTitle,
      parameters: row.profileParameters,
    },
    requester: person(row.requester),
    beneficiary: row.beneficiary ? person(row.beneficiary) : undefined,
    reason: row.reason,
    ticket: row.ticket,
    term: {
      startAt: isoOr(row.startAt),
      durationMinutes: row.durationMinutes,
    },
    scopeHash: row.scopeHash,
    requestedAt: iso(row.requestedAt),
    lapsesAt: iso(row.lapsesAt),
    activeFrom: isoOr(row.activeFrom),
    expiresAt: isoOr(row.expiresAt),
    closedAt: isoOr(row.closedAt),
    closedBy: row.closedBy,
    closeComment: row.closeComment,
    approvalsMissing: byPeople ? missing : 0,
    issuingStopped: row.issuingStopped,
    kill: row.kill,
    review: {
      state: row.reviewState,
      dueAt: isoOr(row.reviewDueAt),
      overdue: isReviewOverdue(row, facts.now),
      reviewer: row.reviewer ? person(row.reviewer) : undefined,
      evidence: facts.evidence?.state,
      risk: facts.evidence && riskOf(facts.evidence),
    },
    sessionCount: facts.sessionCount,
    extensionAsked: facts.extensions.some(
      each => extensionStatusAt(each, row, facts.now) === 'pending',
    ),
  };
}

/** Whether the review of a lease is due and nobody gave a verdict: what counts as debt. */
export function isReviewOverdue(
  row: Pick<LeaseRow, 'reviewState' | 'reviewDueAt'>,
  now: Millis,
): boolean {
  return (
    ['collecting', 'open'].includes(row.reviewState) &&
    row.reviewDueAt !== undefined &&
    row.reviewDueAt < now
  );
}

function riskOf(evidence: EvidenceRow): Risk {
  const { writes, refused, sensitive, residueOpen } = evidence;
  return { writes, refused, sensitive, residueOpen };
}

/** A decision as pages show it. */
export function decisionView(row: DecisionRow): Decision {
  return {
    id: row.id,
    step: row.stepId,
    by: row.person,
    verdict: row.verdict,
    comment: row.comment,
    at: iso(row.decidedAt),
  };
}

/** A session as pages show it: without secrets, which are not stored anyway (I10). */
export function sessionView(row: SessionRow): SessionSummary {
  return {
    id: row.id,
    type: row.type,
    state: row.state,
    requester: row.requester,
    sessionName: row.sessionName,
    accessKeyId: row.accessKeyId,
    requestedAt: iso(row.requestedAt),
    issuedAt: isoOr(row.issuedAt),
    expiresAt: iso(row.expiresAt),
  };
}

/** A verdict as pages show it. */
export function reviewView(row: ReviewRow): ReviewSummary {
  return {
    id: row.id,
    by: row.reviewer,
    verdict: row.verdict,
    comment: row.comment,
    checklist: row.checklist,
    followUps: row.followUps,
    evidenceHash: row.evidenceHash,
    override: row.override,
    at: iso(row.at),
  };
}

/** The steps of a policy, with how they stand and who can still decide. */
export async function stepsInView(
  people: People,
  facts: ApprovalFacts,
  able: StepCandidates[],
): Promise<LeaseStep[]> {
  const stands = progress(facts);
  const names = await people.names(refsOfPolicy(facts.policy));
  return facts.policy.steps.map((step, index) => ({
    ...stepSummary(step, names),
    approvals: stands.steps[index].approvals,
    met: stands.steps[index].met,
    candidates: able[index].people
      .slice(0, CANDIDATES_SHOWN)
      .map(({ ref, displayName }) => ({ ref, displayName })),
    candidateCount: able[index].people.length,
  }));
}
