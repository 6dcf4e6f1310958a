import { EVERYBODY, grantees, isAccount } from '../../policyGrants';
import { Call } from '../Call';
import { EffectOf, Effects, Path, shortName } from '../effect';

/** Principals that are named in words. */
const NAMED = 3;

/** A policy on a resource. */
interface ResourcePolicy {
  sets: string[];
  clears: string[];
  /** Name of the parameter that names the resource. */
  by: string;
  /** First element of the path, and the noun. */
  type: string;
  /** Only requests that carry a policy set it: others change something else of the resource. */
  among?: (call: Call) => boolean;
}

const POLICIES: ResourcePolicy[] = [
  {
    type: 'bucket',
    by: 'bucketName',
    sets: ['s3:PutBucketPolicy'],
    clears: ['s3:DeleteBucketPolicy', 's3:DeleteBucket'],
  },
  {
    type: 'access point',
    by: 'name',
    sets: ['s3:PutAccessPointPolicy'],
    clears: ['s3:DeleteAccessPointPolicy', 's3:DeleteAccessPoint'],
  },
  {
    type: 'key',
    by: 'keyId',
    sets: ['kms:PutKeyPolicy', 'kms:CreateKey'],
    clears: [],
  },
  {
    type: 'secret',
    by: 'secretId',
    sets: ['secretsmanager:PutResourcePolicy'],
    clears: [
      'secretsmanager:DeleteResourcePolicy',
      'secretsmanager:DeleteSecret',
    ],
  },
  {
    type: 'repository',
    by: 'repositoryName',
    sets: ['ecr:SetRepositoryPolicy'],
    clears: ['ecr:DeleteRepositoryPolicy', 'ecr:DeleteRepository'],
  },
  {
    type: 'queue',
    by: 'queueUrl',
    sets: ['sqs:SetQueueAttributes', 'sqs:CreateQueue'],
    clears: ['sqs:DeleteQueue'],
    among: call => call.text('Policy') !== undefined,
  },
  {
    type: 'topic',
    by: 'topicArn',
    sets: ['sns:SetTopicAttributes'],
    clears: ['sns:DeleteTopic'],
    among: call => call.text('attributeName') === 'Policy',
  },
  { type: 'topic', by: 'topicArn', sets: ['sns:CreateTopic'], clears: [] },
  {
    type: 'search domain',
    by: 'domainName',
    sets: ['es:UpdateDomainConfig', 'es:UpdateElasticsearchDomainConfig'],
    clears: ['es:DeleteDomain', 'es:DeleteElasticsearchDomain'],
    among: call => call.text('accessPolicies') !== undefined,
  },
  {
    type: 'backup vault',
    by: 'backupVaultName',
    sets: ['backup:PutBackupVaultAccessPolicy'],
    clears: ['backup:DeleteBackupVaultAccessPolicy'],
  },
  {
    type: 'table',
    by: 'resourceArn',
    sets: ['dynamodb:PutResourcePolicy'],
    clears: ['dynamodb:DeleteResourcePolicy'],
  },
  { type: 'table', by: 'tableArn', sets: ['dynamodb:CreateTable'], clears: [] },
  {
    type: 'data catalog',
    by: 'resourceArn',
    sets: ['glue:PutResourcePolicy'],
    clears: ['glue:DeleteResourcePolicy'],
  },
  {
    type: 'registry',
    by: 'registryId',
    sets: ['ecr:PutRegistryPolicy'],
    clears: ['ecr:DeleteRegistryPolicy'],
  },
  {
    type: 'file system',
    by: 'fileSystemId',
    sets: ['elasticfilesystem:PutFileSystemPolicy'],
    clears: [
      'elasticfilesystem:DeleteFileSystemPolicy',
      'elasticfilesystem:DeleteFileSystem',
    ],
  },
  {
    type: 'log policy',
    by: 'policyName',
    sets: ['logs:PutResourcePolicy'],
    clears: ['logs:DeleteResourcePolicy'],
  },
];

/**
 * Policies on resources. One that leaves the choice to the account's own
 * policies grants nothing to anybody: putting such a policy right is what many
 * leases are for. Anybody else that a policy names is residue.
 */
export const resourcePolicies: Effects = Object.fromEntries(
  POLICIES.flatMap(policy => [
    ...policy.sets.map(event => [event, setting(policy)] as const),
    ...policy.clears.map(event => [event, clearing(policy)] as const),
  ]),
);

function setting(policy: ResourcePolicy): EffectOf {
  return call => {
    if (policy.among && !policy.among(call)) {
      return {};
    }
    const { request } = call;
    const others = grantees(request).filter(
      principal => !isAccount(principal, call.accountId),
    );
    const path = pathOf(policy, call);
    if (others.length === 0) {
      return { removed: [path] };
    }
    const name = path[1];
    return {
      removed: [path],
      made: [
        {
          kind: others.includes(EVERYBODY) ? 'exposure' : 'grant',
          path: [...path, ...others],
          what: `Policy of ${policy.type} ${name} that allows ${inWords(
            others,
          )}`,
          resource: call.event.resources[0] ?? name,
        },
      ],
    };
  };
}

function clearing(policy: ResourcePolicy): EffectOf {
  return call => ({ removed: [pathOf(policy, call)] });
}

function pathOf({ type, by }: ResourcePolicy, call: Call): Path {
  const name = call.text(by);
  return [
    type,
    name === undefined ? `event ${call.event.eventId}` : shortName(name),
    'policy',
  ];
}

function inWords(principals: string[]): string {
  const named = principals
    .slice(0, NAMED)
    .map(each => (each === EVERYBODY ? 'everybody' : each));
  const more = principals.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
