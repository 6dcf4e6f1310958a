import { BrokerFix } from 'backstage-plugin-break-glass-common';
import { boundaryDocument } from './boundaryDocument';

/** Who has to be let in, where, and with what. */
export interface Trust {
  roleArn: string;
  /** ARN of the broker's user or role; absent where it is not known. */
  principal?: string;
  externalId?: string;
  /** What is asked for beside `sts:AssumeRole`. */
  also: Array<'sts:SetSourceIdentity' | 'sts:TagSession'>;
}

/** What to allow in the trust policy of a role, and in the broker's own policy. */
export function trustFixes(trust: Trust): BrokerFix[] {
  return [
    ...(trust.principal ? [trustPolicy(trust, trust.principal)] : []),
    brokerPolicy(trust),
  ];
}

/** What to allow the killer role on the boundary policy of its account. */
export function killerFix(killerRoleArn: string, policyArn: string): BrokerFix {
  return {
    where: `In a policy of the role ${killerRoleArn}, as a statement:`,
    json: pretty({
      Effect: 'Allow',
      Action: [
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:ListPolicyVersions',
        'iam:CreatePolicyVersion',
        'iam:DeletePolicyVersion',
      ],
      Resource: policyArn,
    }),
  };
}

/** The boundary policy as it is deployed, before anything is killed. */
export function boundaryFix(policyArn: string): BrokerFix {
  return {
    where: `As the policy ${policyArn}, which then has to be the permissions boundary of the roles:`,
    json: pretty(JSON.parse(boundaryDocument([]))),
  };
}

function trustPolicy(trust: Trust, principal: string): BrokerFix {
  const Principal = { AWS: principal };
  const { externalId, also } = trust;
  return {
    where: `In the trust policy of the role ${trust.roleArn}, among its statements:`,
    json: pretty([
      {
        Effect: 'Allow',
        Principal,
        Action: 'sts:AssumeRole',
        ...(externalId && {
          Condition: { StringEquals: { 'sts:ExternalId': externalId } },
        }),
      },
      ...(also.length ? [{ Effect: 'Allow', Principal, Action: also }] : []),
    ]),
  };
}

function brokerPolicy({ roleArn, principal, also }: Trust): BrokerFix {
  return {
    where: `In a policy of the broker${
      principal ? ` ${principal}` : ''
    }, as a statement:`,
    json: pretty({
      Effect: 'Allow',
      Action: ['sts:AssumeRole', ...also],
      Resource: roleArn,
    }),
  };
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
