import {
  LeasePreview,
  LeasePreviewRequest,
} from 'backstage-plugin-break-glass-common';
import { Person } from '../accounts/types';
import { candidates, stepsWithoutPeople } from '../approvals';
import {
  describeProfile,
  SESSION_POLICY_LIMIT,
  sessionPolicy,
} from '../profiles';
import { debtWarning } from './debt';
import { Caller, LeaseDependencies, personOf } from './dependencies';
import { iso, stepsInView } from './leaseView';
import { statusAt } from './lifecycle';
import { askedFor, requestKey } from './requestKey';
import { approvalFactsOf, CheckedRequest, checkRequest } from './requestCheck';

const MINUTE = 60_000;
/** Candidates counted on one step. */
const MAX_CANDIDATES = 200;

/** Says what asking for a lease would come to. */
export class RequestPreview {
  constructor(private readonly deps: LeaseDependencies) {}

  /** Looks at a request by every rule, and changes nothing. */
  async preview(
    caller: Caller,
    input: LeasePreviewRequest,
  ): Promise<LeasePreview> {
    const person = await personOf(this.deps.people, caller);
    const checked = await checkRequest(this.deps, person, input);
    const now = this.deps.clock.now();
    const starts = Math.max(now, checked.startAt ?? now);
    const endsAt = starts + checked.durationMinutes * MINUTE;
    const problems = checked.problems.map(({ kind, ...rest }) => rest);
    const notEligible = problems.filter(each => each.code === 'not-eligible');
    const { steps, without } = await this.steps(person, checked);
    const waits = input.emergency === undefined;
    return {
      eligible: {
        allowed: notEligible.length === 0,
        reasons: notEligible.map(({ code, message }) => ({ code, message })),
      },
      policy: await policyOf(checked, endsAt),
      durationMinutes: checked.durationMinutes,
      endsAt: iso(endsAt),
      lapsesAt: iso(now + this.pendingMinutes(input.roleId) * MINUTE),
      order: checked.resolved?.policy.order ?? 'parallel',
      steps,
      warnings: [
        ...steps
          .filter(step => waits && without.includes(step.id))
          .map(step => ({
            code: 'nobody-can-approve',
            message: `Nobody is left who can approve the step ${step.title}. ${step.words} Ask the platform team before you rely on this.`,
          })),
        ...ticketWarning(checked),
        ...(waits ? await this.openWarning(person, checked) : []),
        ...debtWarning(
          await this.deps.database.leases.overdueReviews(person.key, now),
        ),
      ],
      problems,
    };
  }

  private async openWarning(person: Person, { resolved }: CheckedRequest) {
    const open =
      resolved &&
      (await this.deps.database.leases.findOpenRequest(
        requestKey(askedFor(person, resolved)),
      ));
    return open && statusAt(open, this.deps.clock.now()) === 'pending'
      ? [
          {
            code: 'open-request',
            message: `You have asked for this already, and your request waits for its decision. Sending this one opens that one, as it is: take it back first where reason, ticket or time are to be different.`,
          },
        ]
      : [];
  }

  private pendingMinutes(roleId: string): number {
    return (
      this.deps.config.roles.find(role => role.id === roleId)
        ?.pendingTimeoutMinutes ?? 0
    );
  }

  /** The steps as the page shows them, and the ids of those that cannot be met. */
  private async steps(person: Person, checked: CheckedRequest) {
    if (!checked.resolved) {
      return { steps: [], without: [] };
    }
    const facts = approvalFactsOf(person, checked);
    const able = await candidates(this.deps.people, facts, MAX_CANDIDATES);
    return {
      steps: await stepsInView(this.deps.people, facts, able),
      without: stepsWithoutPeople(facts, able),
    };
  }
}

function ticketWarning({ ticketCheck, problems }: CheckedRequest) {
  return ticketCheck === 'unconfirmed' &&
    !problems.some(({ code }) => code === 'ticket-unconfirmed')
    ? [
        {
          code: 'ticket-unconfirmed',
          message:
            'The ticket system does not answer. The approvers are told that nobody has confirmed the ticket.',
        },
      ]
    : [];
}

async function policyOf(checked: CheckedRequest, endsAt: number) {
  const profile = checked.resolved?.profile;
  if (!profile) {
    return { services: [], document: {}, size: 0, limit: SESSION_POLICY_LIMIT };
  }
  const policy = sessionPolicy(profile, { leaseEndsAt: endsAt });
  return {
    services: await describeProfile(profile),
    document: policy.document,
    size: policy.size,
    limit: SESSION_POLICY_LIMIT,
  };
}
