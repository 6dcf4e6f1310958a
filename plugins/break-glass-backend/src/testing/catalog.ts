// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogReader } from '../accounts/CatalogReader';
import { TrustedOrigin } from '../config/types';

/** Files that tests trust, and one that they do not. */
export const TRUSTED_FILE = '/catalog/trusted.yaml';
export const UNTRUSTED_FILE = '/catalog/anybody.yaml';
export const trustedOrigins: TrustedOrigin[] = [
  { type: 'file', path: TRUSTED_FILE },
];

/** An entity from the trusted file. */
export function anEntity(
  kind: string,
  name: string,
  spec: Entity['spec'] = {},
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-location': `file:${TRUSTED_FILE}`,
        'backstage.io/managed-by-origin-location': `file:${TRUSTED_FILE}`,
        ...annotations,
      },
    },
    spec,
  };
}

/** The same entity from a file that anybody may edit. */
export function untrusted(entity: Entity): Entity {
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        'backstage.io/managed-by-location': `file:${UNTRUSTED_FILE}`,
        'backstage.io/managed-by-origin-location': `file:${UNTRUSTED_FILE}`,
      },
    },
  };
}

/** The entity as the catalog hands it out, with the relations that others' claims gave it. */
export function related(
  entity: Entity,
  type: string,
  ...targetRefs: string[]
): Entity {
  return {
    ...entity,
    relations: [
      ...(entity.relations ?? []),
      ...targetRefs.map(targetRef => ({ type, targetRef })),
    ],
  };
}

/** A catalog with these entities, and the reader of it. */
export function aCatalog(...entities: Entity[]) {
  const catalog = catalogServiceMock({ entities });
  const reader = new CatalogReader(catalog, async () =>
    mockCredentials.service(),
  );
  return { catalog, reader };
}
