import type {
  Decision,
  Extension,
  LeaseDetail,
  LeaseStep,
  LeaseSummary,
  Person,
} from 'backstage-plugin-break-glass-common';
import { line } from '../frame/inert';
import { durationWords } from './duration';
import { factLines } from './facts';
import { distanceWords, instantWords } from './instant';
import { policyWords } from './policyWords';

/** How a lease stands, in a few words: `active, ends in 1 h 20 min`. */
export function standing(lease: LeaseSummary, now: number): string {
  return line`${lease.status}${standingDetail(lease, now)}`;
}

function standingDetail(lease: LeaseSummary, now: number): string {
  if (lease.issuingStopped) {
    return `, but gives no credentials: ${lease.issuingStopped}`;
  }
  switch (lease.status) {
    case 'active':
      return lease.expiresAt
        ? `, ends ${distanceWords(lease.expiresAt, now)}`
        : '';
    case 'scheduled':
      return lease.activeFrom
        ? `, begins ${distanceWords(lease.activeFrom, now)}`
        : '';
    case 'pending':
      return `, waits for ${approvals(
        lease.approvalsMissing,
      )}, lapses ${distanceWords(lease.lapsesAt, now)}`;
    default:
      return lease.closeComment ? `: ${lease.closeComment}` : '';
  }
}

function approvals(count: number): string {
  return count === 1 ? '1 approval' : `${count} approvals`;
}

/** Everything about a lease that a person decides on, without its policy's JSON. */
export function leaseFacts(lease: LeaseDetail, now: number): string {
  const { account, role, profile } = lease;
  return factLines([
    ['Lease', line`${lease.id}`],
    ['State', standing(lease, now)],
    ...kindFact(lease),
    ['Requester', personWords(lease.requester)],
    ['For', lease.beneficiary ? personWords(lease.beneficiary) : []],
    [
      'Account',
      line`${account.title} (${account.accountId}, ${account.partition}, ${account.region})`,
    ],
    ['Role', line`${role.title} (${role.arn})`],
    ['Profile', profileWords(profile)],
    ['Allows', policyWords(lease.policy.services)],
    ['Reason', line`${lease.reason}`],
    ['Ticket', ticketWords(lease)],
    ['Term', termWords(lease, now)],
    [
      'More time',
      lease.extensions
        .filter(({ status }) => status === 'pending')
        .map(extensionWords),
    ],
    ['Scope', line`${lease.scopeHash}`],
    ['Approval', stepWords(lease)],
    ['Decisions', lease.decisions.map(decisionWords)],
    ['Hints', lease.hints.map(hint => line`${hint.message}`)],
  ]);
}

/** Labelled wherever a lease is shown: nobody, or no person, has looked at it (I1). */
function kindFact(lease: LeaseSummary): Array<[string, string]> {
  return lease.approvalKind === 'people'
    ? []
    : [['Kind', line`${lease.approvalKind} (not approved by people)`]];
}

/** `Mary Novak (user:default/mary)`. */
export function personWords(person: Person): string {
  return line`${person.displayName} (${person.ref})`;
}

function profileWords(profile: LeaseSummary['profile']): string {
  const parameters = Object.entries(profile.parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
  return parameters
    ? line`${profile.title}: ${parameters}`
    : line`${profile.title}`;
}

function ticketWords(lease: LeaseDetail): string | string[] {
  if (!lease.ticket) {
    return [];
  }
  return lease.ticketUrl
    ? line`${lease.ticket} (${lease.ticketUrl})`
    : line`${lease.ticket}`;
}

function termWords(lease: LeaseDetail, now: number): string {
  const length = durationWords(lease.term.durationMinutes);
  if (lease.expiresAt) {
    return line`${length}, until ${instantWords(lease.expiresAt, now)}`;
  }
  return lease.term.startAt
    ? line`${length} from ${instantWords(lease.term.startAt, now)}`
    : line`${length} from its approval`;
}

function extensionWords(extension: Extension): string {
  return line`Asks for ${durationWords(
    extension.minutes,
  )} more, ${durationWords(extension.durationMinutes)} in all: ${
    extension.reason
  } [${extension.id}]`;
}

/** Each step, and who can still decide on it. */
export function stepWords({
  steps,
  order,
}: {
  steps: LeaseStep[];
  order: 'parallel' | 'sequential';
}): string[] {
  const words = steps.map(step => {
    const state = step.met
      ? 'done'
      : `${step.approvals} of ${step.count}${candidateWords(step)}`;
    return line`${step.title} [${step.id}]: ${step.words} (${state})`;
  });
  return order === 'sequential' && words.length > 1
    ? [...words, 'one after the other']
    : words;
}

/** `, can decide: Daniel Weiss, … and 3 more`. */
function candidateWords(step: LeaseStep): string {
  if (step.candidateCount === 0) {
    return ', nobody can decide';
  }
  const names = step.candidates.map(person => person.displayName).join(', ');
  const more = step.candidateCount - step.candidates.length;
  return `, can decide: ${names}${more > 0 ? ` and ${more} more` : ''}`;
}

function decisionWords({ by, verdict, at, comment }: Decision): string {
  const said = comment ? `: ${comment}` : '';
  return line`${verdict} by ${by} at ${at}${said}`;
}
