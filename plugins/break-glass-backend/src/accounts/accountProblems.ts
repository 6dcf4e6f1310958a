import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ANNOTATION_ACCOUNT_ARN,
  ANNOTATION_ACCOUNT_ID,
  ANNOTATION_ACCOUNT_REGION,
  AccountProblem,
  LABEL_ACCOUNT_STATUS,
  Partition,
} from 'backstage-plugin-break-glass-common';
import { locationOf } from './trustedOrigin';

/** Text from the catalog as part of a sentence: one line, limited in length. */
function quoted(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]+/g, ' ').trim();
  return `'${plain.length > 80 ? `${plain.slice(0, 80)}…` : plain}'`;
}

/** The entity does not come from where accounts may be defined. */
export function untrustedOrigin(entity: Entity): AccountProblem {
  return {
    code: 'untrusted-origin',
    message: `${stringifyEntityRef(entity)} comes from ${quoted(
      locationOf(entity),
    )}, which is no trusted origin of accounts.`,
    fix: 'Move the entity to a trusted catalog file, or ask the platform team to add its origin to breakGlass.trust.accounts.',
  };
}

/** There is no account id. */
export function missingId(entity: Entity): AccountProblem {
  return {
    code: 'missing-id',
    message: `${stringifyEntityRef(entity)} names no account id.`,
    fix: `Add the annotation ${ANNOTATION_ACCOUNT_ID} with the 12-digit id.`,
  };
}

/** The account id is not one. */
export function malformedId(entity: Entity, id: string): AccountProblem {
  return {
    code: 'malformed-id',
    message: `${stringifyEntityRef(entity)} has the account id ${quoted(
      id,
    )}, which is not 12 digits.`,
    fix: `Correct the annotation ${ANNOTATION_ACCOUNT_ID} of the entity.`,
  };
}

/** The annotations of one entity name different accounts. */
export function contradictoryIds(
  entity: Entity,
  ids: string[],
): AccountProblem {
  return {
    code: 'malformed-id',
    message: `The annotations of ${stringifyEntityRef(
      entity,
    )} name different accounts: ${ids.map(quoted).join(', ')}.`,
    fix: 'Correct the annotations, so that account id and ARN name one account.',
  };
}

/** Other entities claim the same account. */
export function duplicateId(
  ref: string,
  id: string,
  others: string[],
): AccountProblem {
  return {
    code: 'duplicate-id',
    message: `${ref} and ${others.join(', ')} claim the same account id ${id}.`,
    fix: 'Correct or remove all but one of these entities.',
  };
}

/** The ARN names no partition that we know. */
export function unknownPartition(entity: Entity, arn: string): AccountProblem {
  return {
    code: 'partition-unknown',
    message: `${stringifyEntityRef(entity)} has the ARN ${quoted(
      arn,
    )}, which names no known AWS partition.`,
    fix: `Correct the annotation ${ANNOTATION_ACCOUNT_ARN} of the entity.`,
  };
}

/** The partition has no broker. */
export function unconfiguredPartition(
  entity: Entity,
  partition: Partition,
): AccountProblem {
  return {
    code: 'partition-unknown',
    message: `${stringifyEntityRef(
      entity,
    )} is in the partition ${partition}, for which no broker is configured.`,
    fix: `Ask the platform team to configure breakGlass.partitions.${partition}.`,
  };
}

/** There is no region that belongs to the partition. */
export function unknownRegion(
  entity: Entity,
  partition: Partition,
): AccountProblem {
  return {
    code: 'region-unknown',
    message: `${stringifyEntityRef(
      entity,
    )} names no region of the partition ${partition}.`,
    fix: `Add the annotation ${ANNOTATION_ACCOUNT_REGION}, or ask the platform team to configure breakGlass.partitions.${partition}.defaultRegion.`,
  };
}

/** The account is out of use. */
export function suspended(entity: Entity): AccountProblem {
  return {
    code: 'suspended',
    message: `${stringifyEntityRef(entity)} is suspended.`,
    fix: `When the account is in use again, remove the label ${LABEL_ACCOUNT_STATUS}.`,
  };
}
