// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { repositoryRoot } from './demoEntities';

/** The demo's configuration, with the defaults of its variables. */
export function demoConfig(): Record<string, any> {
  const text = readFileSync(join(repositoryRoot, 'app-config.yaml'), 'utf8');
  return parse(
    text.replace(/\$(\$?)\{([^}]*)\}/g, (_, escaped, name: string) =>
      escaped ? `\${${name}}` : name.split(':-')[1] ?? 'unset',
    ),
  );
}
