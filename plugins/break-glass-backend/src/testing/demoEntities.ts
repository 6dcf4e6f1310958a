// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import { parseAllDocuments } from 'yaml';

/** The folder of the repository. */
export const repositoryRoot = dirname(
  dirname(resolvePackagePath('backstage-plugin-break-glass-backend')),
);

const FILES = [
  'examples/org.yaml',
  'examples/accounts.yaml',
  'examples/untrusted/accounts.yaml',
];

/** The entities of the demo, with the locations and relations that the catalog would note on them. */
export function demoEntities(): Entity[] {
  return withRelations(readEntities());
}

/** Adds the relations between people and groups that follow from what the entities say. */
export function withRelations(entities: Entity[]): Entity[] {
  const relations = new Map<string, Entity['relations']>();
  const add = (from: string, type: string, targetRef: string) =>
    relations.set(from, [...(relations.get(from) ?? []), { type, targetRef }]);
  const group = (name: unknown) => `group:default/${name}`;
  for (const entity of entities) {
    const ref = stringifyEntityRef(entity);
    for (const name of (entity.spec?.memberOf as string[]) ?? []) {
      add(ref, 'memberOf', group(name));
      add(group(name), 'hasMember', ref);
    }
    for (const name of (entity.spec?.children as string[]) ?? []) {
      add(ref, 'parentOf', group(name));
      add(group(name), 'childOf', ref);
    }
    if (entity.spec?.parent) {
      add(ref, 'childOf', group(entity.spec.parent));
      add(group(entity.spec.parent), 'parentOf', ref);
    }
  }
  return entities.map(entity => ({
    ...entity,
    relations: relations.get(stringifyEntityRef(entity)) ?? [],
  }));
}

function readEntities(): Entity[] {
  return FILES.flatMap(file => {
    const path = join(repositoryRoot, file);
    const location = `file:${path}`;
    return parseAllDocuments(readFileSync(path, 'utf8'))
      .map(document => document.toJS() as Entity)
      .filter(entity => entity?.kind)
      .map(entity => ({
        ...entity,
        metadata: {
          ...entity.metadata,
          namespace: entity.metadata.namespace ?? 'default',
          annotations: {
            ...entity.metadata.annotations,
            'backstage.io/managed-by-location': location,
            'backstage.io/managed-by-origin-location': location,
          },
        },
      }));
  });
}
