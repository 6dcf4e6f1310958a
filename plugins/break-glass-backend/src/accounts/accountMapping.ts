import {
  DEFAULT_NAMESPACE,
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ACCOUNT_TYPES,
  ANNOTATION_ACCOUNT_ARN,
  ANNOTATION_ACCOUNT_ID,
  ANNOTATION_ACCOUNT_ID_OTHER,
  ANNOTATION_ACCOUNT_REGION,
  AccountProblem,
  LABEL_ACCOUNT_STATUS,
  Partition,
  partitionSchema,
} from 'backstage-plugin-break-glass-common';
import { isRegionOf } from '../config/regions';
import { BreakGlassConfig } from '../config/types';
import * as problem from './accountProblems';
import { isTrusted } from './trustedOrigin';
import { AccountResolution } from './types';

/** The part of the configuration that maps accounts. */
export type MappingConfig = Pick<
  BreakGlassConfig,
  | 'trust'
  | 'partitions'
  | 'defaultRegions'
  | 'controlPlaneAccountIds'
  | 'externalIds'
>;

/** Whether an entity stands for an AWS account, trusted or not. */
export function isAccountEntity(entity: Entity): boolean {
  const types: readonly unknown[] = ACCOUNT_TYPES;
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'resource' &&
    types.includes(entity.spec?.type)
  );
}

/** Account ids that an entity claims, in either dialect; each once. */
export function claimedIds(entity: Entity): string[] {
  const annotations = entity.metadata.annotations ?? {};
  const ids = [ANNOTATION_ACCOUNT_ID, ANNOTATION_ACCOUNT_ID_OTHER]
    .map(name => annotations[name])
    .filter((id): id is string => id !== undefined);
  return [...new Set(ids)];
}

/** Ref of the owner as the entity writes it; whether there is such an owner is another question. */
export function ownerRefOf(entity: Entity): string | undefined {
  return refIn(entity, entity.spec?.owner, 'Group');
}

/** A ref as an entity writes it, in full. */
function refIn(
  entity: Entity,
  written: unknown,
  defaultKind: string,
): string | undefined {
  if (typeof written !== 'string') {
    return undefined;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(written, {
        defaultKind,
        defaultNamespace: entity.metadata.namespace ?? DEFAULT_NAMESPACE,
      }),
    );
  } catch {
    return undefined;
  }
}

/**
 * Maps an account entity, looking at it alone: whether another claims the same id is for the directory to add.
 * @param owner - the owner, where it is in the catalog from a trusted origin
 */
export function mapAccount(
  entity: Entity,
  owner: string | undefined,
  config: MappingConfig,
): AccountResolution {
  const trusted = isTrusted(entity, config.trust.accounts);
  const ids = claimedIds(entity);
  const base = {
    ref: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    accountId: ids[0] ?? '',
    ...(trusted && owner !== undefined && { owner }),
  };
  const partition = partitionOf(entity);
  const region = regionOf(entity, partition, config);
  const problems = [
    ...(trusted ? [] : [problem.untrustedOrigin(entity)]),
    ...idProblems(entity, ids),
    ...partitionProblems(entity, partition, config),
    ...regionProblems(entity, partition, region),
    ...(entity.metadata.labels?.[LABEL_ACCOUNT_STATUS] === 'suspended'
      ? [problem.suspended(entity)]
      : []),
  ];
  if (problems.length > 0 || !partition || !region) {
    return { ok: false, ...base, problems };
  }
  const externalId = config.externalIds[base.accountId];
  return {
    ok: true,
    account: {
      ...base,
      partition,
      region,
      controlPlane: config.controlPlaneAccountIds.includes(base.accountId),
      ...(externalId !== undefined && { externalId }),
      labels: entity.metadata.labels ?? {},
      tags: entity.metadata.tags ?? [],
      ...systemOf(entity),
    },
  };
}

function systemOf(entity: Entity): { system?: string } {
  const system = refIn(entity, entity.spec?.system, 'System');
  return system?.startsWith('system:') ? { system } : {};
}

function arnOf(entity: Entity): string | undefined {
  return entity.metadata.annotations?.[ANNOTATION_ACCOUNT_ARN];
}

function partitionOf(entity: Entity): Partition | undefined {
  const arn = arnOf(entity);
  if (arn === undefined) {
    return 'aws';
  }
  const [prefix, partition, ...rest] = arn.split(':');
  const parsed = partitionSchema.safeParse(partition);
  return prefix === 'arn' && rest.length >= 4 && parsed.success
    ? parsed.data
    : undefined;
}

function regionOf(
  entity: Entity,
  partition: Partition | undefined,
  config: MappingConfig,
): string | undefined {
  const region =
    entity.metadata.annotations?.[ANNOTATION_ACCOUNT_REGION] ??
    (partition && config.defaultRegions[partition]);
  return partition && region && isRegionOf(partition, region)
    ? region
    : undefined;
}

function idProblems(entity: Entity, ids: string[]): AccountProblem[] {
  if (ids.length === 0) {
    return [problem.missingId(entity)];
  }
  const malformed = ids.find(id => !/^[0-9]{12}$/.test(id));
  if (malformed !== undefined) {
    return [problem.malformedId(entity, malformed)];
  }
  // The ARN that AWS Organizations gives an account ends in the account's id.
  const ofOrganization =
    /^arn:[^:]*:organizations::[^:]*:account\/[^/]*\/(.*)$/;
  const claims = [
    ...ids,
    ...(ofOrganization.exec(arnOf(entity) ?? '')?.slice(1) ?? []),
  ];
  return new Set(claims).size > 1
    ? [problem.contradictoryIds(entity, [...new Set(claims)])]
    : [];
}

function partitionProblems(
  entity: Entity,
  partition: Partition | undefined,
  config: MappingConfig,
): AccountProblem[] {
  if (!partition) {
    return [problem.unknownPartition(entity, arnOf(entity) ?? '')];
  }
  return config.partitions[partition]
    ? []
    : [problem.unconfiguredPartition(entity, partition)];
}

/** Without a partition its problem says enough. */
function regionProblems(
  entity: Entity,
  partition: Partition | undefined,
  region: string | undefined,
): AccountProblem[] {
  return partition && !region ? [problem.unknownRegion(entity, partition)] : [];
}
