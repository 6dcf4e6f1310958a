import { execFile } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { promisify } from 'util';
import { RouteDefinition, routes } from 'backstage-plugin-break-glass-common';
import { openApiDocument } from './openApiDocument';

jest.setTimeout(120_000);

const run = promisify(execFile);

describe('the OpenAPI document', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'break-glass-openapi-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('passes the strict rules of an OpenAPI linter', async () => {
    const file = join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(openApiDocument(), null, 2));
    const linter = join(
      dirname(require.resolve('@redocly/cli/package.json')),
      'bin/cli.js',
    );

    const outcome = await run(
      process.execPath,
      [linter, 'lint', '--extends=recommended-strict', file],
      {
        cwd: folder,
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', CI: 'true' },
      },
    ).catch(error => error);

    expect(outcome.code ? `${outcome.stdout}${outcome.stderr}` : 'fine').toBe(
      'fine',
    );
  });

  it('describes every route of the contract', () => {
    const described = Object.entries(openApiDocument().paths ?? {}).flatMap(
      ([path, operations]) =>
        Object.keys(operations ?? {}).map(method => `${method} ${path}`),
    );

    expect(described.sort()).toEqual(
      Object.values<RouteDefinition>(routes)
        .map(
          ({ method, path }) =>
            `${method} ${path.replace(/:([a-zA-Z]+)/g, '{$1}')}`,
        )
        .sort(),
    );
  });
});
