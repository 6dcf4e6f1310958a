import { BrokerProblem, Partition } from 'backstage-plugin-break-glass-common';
import { Account } from '../accounts/types';
import { BreakGlassConfig } from '../config/types';
import { BrokerCheckKey } from '../database/types';
import { codeOf } from '../errors';
import { filledArn } from '../leases/frozenKill';
import { boundaryFix, killerFix, Trust, trustFixes } from './brokerFixes';
import { MIN_SESSION_SECONDS } from './sessionDuration';
import { checkSessionName } from './sessionName';
import { sessionTags } from './sessionTags';
import { AssumeRoleRequest, RoleAssumer, TemporaryCredentials } from './types';

/** How reading a boundary policy went. */
export type BoundaryReading =
  | { outcome: 'read' }
  /** It is there, and no role carries it. */
  | { outcome: 'unused' }
  | {
      outcome: 'denied' | 'missing' | 'unanswered';
      /** Of the error of AWS. */
      name: string;
    };

/** Reads boundary policies. */
export interface BoundaryReadings {
  /** Never throws. */
  read(
    partition: Partition,
    policyArn: string,
    credentials: TemporaryCredentials,
  ): Promise<BoundaryReading>;
}

/** What one check is made with. */
export interface CheckedAs {
  checkId: string;
  /** Whom trust policies have to name; absent where it is not known. */
  principal?: string;
  /** Notes a key, before anything else happens. */
  onKey(key: BrokerCheckKey): Promise<void>;
}

/** Nobody gets these sessions, and they could do nothing. */
const NOTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

type Asked = Pick<AssumeRoleRequest, 'sourceIdentity' | 'tags' | 'policy'>;

/**
 * Whether the broker can use the roles of one account as sessions of people
 * would be issued, and kill. Every session that this takes is of the shortest
 * duration, under a name that says what it is, with a session policy that denies
 * everything (of the killer role: all but reading the boundary policy).
 */
export class AccountCheck {
  constructor(
    private readonly deps: {
      config: Pick<
        BreakGlassConfig,
        'roles' | 'sourceIdentity' | 'sessionTags'
      >;
      broker: RoleAssumer;
      boundaries: BoundaryReadings;
    },
  ) {}

  /** How many roles are checked in each account. */
  get roles(): number {
    const { roles } = this.deps.config;
    return new Set(roles.map(({ arn }) => arn)).size;
  }

  /**
   * Checks one account. Where AWS does not answer, the rest of it is left out.
   * @throws Error where a key could not be noted
   */
  async look(account: Account, as: CheckedAs): Promise<BrokerProblem[]> {
    const problems: BrokerProblem[] = [];
    const steps = [
      ...this.roleArns(account).map(
        arn => () => this.lookAtRole(account, arn, as),
      ),
      ...this.killers(account).map(
        ({ killer, policy }) =>
          () =>
            this.lookAtKiller(account, killer, policy, as),
      ),
    ];
    for (const step of steps) {
      problems.push(...(await step()));
      if (problems.at(-1)?.what === 'unanswered') {
        break;
      }
    }
    return problems;
  }

  private roleArns(account: Account): string[] {
    const { roles } = this.deps.config;
    return [...new Set(roles.map(({ arn }) => filledArn(arn, account)))];
  }

  private killers(account: Account): Array<{ killer: string; policy: string }> {
    const pairs = this.deps.config.roles.flatMap(({ kill }) =>
      kill.type === 'boundary'
        ? [
            {
              killer: filledArn(kill.killerRoleArn, account),
              policy: filledArn(kill.policyArn, account),
            },
          ]
        : [],
    );
    return [...new Map(pairs.map(it => [JSON.stringify(it), it])).values()];
  }

  /** As a session of a person is asked for; where that is refused, part by part. */
  private async lookAtRole(
    account: Account,
    roleArn: string,
    as: CheckedAs,
  ): Promise<BrokerProblem[]> {
    const { sourceIdentity, sessionTags: tagged } = this.deps.config;
    const name = checkSessionName(as.checkId);
    const identity = sourceIdentity ? { sourceIdentity: name } : {};
    const tags = tagged ? { tags: tagsOf(as.checkId) } : {};
    const ask = (asked: Asked) =>
      this.assume(account, roleArn, { ...asked, policy: NOTHING }, as);
    const problem = (what: BrokerProblem['what'], words: string) => ({
      what,
      roleArn,
      words,
      fixes: trustFixes(this.trust(account, roleArn, as)),
    });

    const whole = await ask({ ...identity, ...tags });
    if (whole.ok) {
      return [];
    }
    if (whole.code !== 'broker-not-trusted') {
      return [unanswered(roleArn, whole.words)];
    }
    if (!(await ask({})).ok) {
      return [problem('assume', cannotAssume(roleArn, account.externalId))];
    }
    const parts = [
      ...(sourceIdentity && !(await ask(identity)).ok
        ? [problem('source-identity', noSourceIdentity(roleArn))]
        : []),
      ...(tagged && !(await ask(tags)).ok
        ? [
            problem(
              'tags',
              `The broker may not pass session tags to ${roleArn}.`,
            ),
          ]
        : []),
    ];
    return parts.length ? parts : [problem('assume', whole.words)];
  }

  private async lookAtKiller(
    account: Account,
    killer: string,
    policyArn: string,
    as: CheckedAs,
  ): Promise<BrokerProblem[]> {
    const given = await this.assume(
      account,
      killer,
      { policy: onlyReading(policyArn) },
      as,
    );
    if (!given.ok) {
      return [
        given.code === 'broker-not-trusted'
          ? {
              what: 'killer',
              roleArn: killer,
              words: `${cannotAssume(
                killer,
                account.externalId,
              )} Live credentials cannot be killed.`,
              fixes: trustFixes({
                ...this.trust(account, killer, as),
                also: [],
              }),
            }
          : unanswered(killer, given.words),
      ];
    }
    const { partition } = account;
    const reading = await this.deps.boundaries.read(
      partition,
      policyArn,
      given.credentials,
    );
    return boundaryProblems(killer, policyArn, reading);
  }

  private trust(account: Account, roleArn: string, as: CheckedAs): Trust {
    const { sourceIdentity, sessionTags: tagged } = this.deps.config;
    return {
      roleArn,
      principal: as.principal,
      externalId: account.externalId,
      also: [
        ...(sourceIdentity ? ['sts:SetSourceIdentity' as const] : []),
        ...(tagged ? ['sts:TagSession' as const] : []),
      ],
    };
  }

  private async assume(
    { partition, region, externalId }: Account,
    roleArn: string,
    asked: Asked,
    { checkId, onKey }: CheckedAs,
  ): Promise<
    | { ok: true; credentials: TemporaryCredentials }
    | { ok: false; code?: string; words: string }
  > {
    let given;
    try {
      given = await this.deps.broker.assumeRole({
        partition,
        region,
        roleArn,
        sessionName: checkSessionName(checkId),
        durationSeconds: MIN_SESSION_SECONDS,
        externalId,
        ...asked,
      });
    } catch (error) {
      const { accessKeyId, message } = error as Error & {
        accessKeyId?: string;
      };
      if (accessKeyId) {
        await onKey({ accessKeyId, roleArn });
      }
      return { ok: false, code: codeOf(error), words: message };
    }
    const { credentials } = given;
    await onKey({ accessKeyId: credentials.accessKeyId, roleArn });
    return { ok: true, credentials };
  }
}

function tagsOf(checkId: string) {
  return sessionTags({
    requester: checkSessionName(checkId),
    residueReviewed: false,
    anchor: '',
  });
}

function onlyReading(policyArn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'iam:GetPolicy',
          'iam:GetPolicyVersion',
          'iam:ListPolicyVersions',
        ],
        Resource: policyArn,
      },
    ],
  });
}

function cannotAssume(roleArn: string, externalId: string | undefined): string {
  return `The broker may not assume ${roleArn}, or there is no such role. ${
    externalId
      ? 'The external id that is configured for the account is in the fix.'
      : 'If its trust policy asks for an external id, set it in breakGlass.externalIds.'
  }`;
}

function noSourceIdentity(roleArn: string): string {
  return `The broker may not set a source identity for ${roleArn}, or its own session has one already, which cannot be changed.`;
}

function unanswered(roleArn: string, words: string): BrokerProblem {
  return { what: 'unanswered', roleArn, words, fixes: [] };
}

function boundaryProblems(
  killer: string,
  policyArn: string,
  reading: BoundaryReading,
): BrokerProblem[] {
  const problem = (words: string, fixes: BrokerProblem['fixes']) => [
    { what: 'boundary' as const, roleArn: killer, words, fixes },
  ];
  switch (reading.outcome) {
    case 'read':
      return [];
    case 'unused':
      return problem(
        `No role carries the permissions boundary ${policyArn}, so a kill would have no effect. Set it as the permissions boundary of the roles.`,
        [],
      );
    case 'denied':
      return problem(
        `The killer role may not read ${policyArn}. Live credentials cannot be killed.`,
        [killerFix(killer, policyArn)],
      );
    case 'missing':
      return problem(
        `There is no policy ${policyArn}. Live credentials cannot be killed.`,
        [boundaryFix(policyArn)],
      );
    default:
      return [
        unanswered(
          killer,
          `IAM did not let the killer role read ${policyArn} (${reading.name}). Run the check again.`,
        ),
      ];
  }
}
