// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { Entity } from '@backstage/catalog-model';
import { readFileSync } from 'fs';
import { join, resolve } from 'path';
import { parseAllDocuments } from 'yaml';

/** The folder of the repository. */
export const repositoryRoot = resolve(__dirname, '../../../..');

const FILES = [
  'examples/org.yaml',
  'examples/accounts.yaml',
  'examples/untrusted/accounts.yaml',
];

/** The entities of the demo, with the locations that the catalog would note on them. */
export function demoEntities(): Entity[] {
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
