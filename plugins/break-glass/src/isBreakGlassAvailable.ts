import { Entity } from '@backstage/catalog-model';
import {
  ACCOUNT_TYPES,
  ANNOTATION_ACCOUNT_ID,
  ANNOTATION_ACCOUNT_ID_OTHER,
} from 'backstage-plugin-break-glass-common';

/**
 * Whether an entity is an AWS account, in either dialect: a `Resource` of
 * type `cloud-account` or `aws-account` that carries an account id.
 *
 * Only decides what is shown; which accounts can be used is decided by the backend.
 */
export function isBreakGlassAvailable(entity: Entity): boolean {
  const type = entity.spec?.type;
  const annotations = entity.metadata.annotations ?? {};
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'resource' &&
    typeof type === 'string' &&
    (ACCOUNT_TYPES as readonly string[]).includes(
      type.toLocaleLowerCase('en-US'),
    ) &&
    [ANNOTATION_ACCOUNT_ID, ANNOTATION_ACCOUNT_ID_OTHER].some(
      name => name in annotations,
    )
  );
}
