import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ESLint } from 'eslint';
import { inRoot } from '../lib/root.mjs';

const eslint = new ESLint({ cwd: inRoot() });

/** The rules that a file of this text, if it stood there, would break. */
async function brokenRules(path, text) {
  const [{ messages }] = await eslint.lintText(text, {
    filePath: inRoot(path),
  });
  return messages.map(({ ruleId }) => ruleId);
}

describe('rooms of the backend', () => {
  const importOf = path => `import * as other from '${path}';\nother;\n`;

  it('refuses an import from a room above', async () => {
    const rules = await brokenRules(
      'plugins/break-glass-backend/src/config/somewhere.ts',
      importOf('../database/types'),
    );
    assert.ok(rules.includes('import/no-restricted-paths'), String(rules));
  });

  it('refuses an import of the wiring', async () => {
    const rules = await brokenRules(
      'plugins/break-glass-backend/src/database/somewhere.ts',
      importOf('../plugin'),
    );
    assert.ok(rules.includes('import/no-restricted-paths'), String(rules));
  });

  it('allows an import from a room below', async () => {
    const rules = await brokenRules(
      'plugins/break-glass-backend/src/database/somewhere.ts',
      importOf('../config/types'),
    );
    assert.ok(!rules.includes('import/no-restricted-paths'), String(rules));
  });

  it('lets the wiring import from every room', async () => {
    const rules = await brokenRules(
      'plugins/break-glass-backend/src/plugin.ts',
      importOf('./database/types'),
    );
    assert.ok(!rules.includes('import/no-restricted-paths'), String(rules));
  });

  for (const [library, allowed] of [
    ['knex', 'database'],
    ['express', 'router'],
    ['@aws-sdk/client-sts', 'federation/aws'],
  ]) {
    it(`keeps ${library} in ${allowed}/`, async () => {
      const rule = '@typescript-eslint/no-restricted-imports';
      const elsewhere = await brokenRules(
        'plugins/break-glass-backend/src/leases/somewhere.ts',
        importOf(library),
      );
      const there = await brokenRules(
        `plugins/break-glass-backend/src/${allowed}/somewhere.ts`,
        importOf(library),
      );
      assert.ok(elsewhere.includes(rule), String(elsewhere));
      assert.ok(!there.includes(rule), String(there));
    });
  }
});

describe('the common package', () => {
  for (const name of ['fs', 'node:fs']) {
    it(`refuses an import of ${name}, which no browser has`, async () => {
      const rules = await brokenRules(
        'plugins/break-glass-common/src/somewhere.ts',
        `import { readFileSync } from '${name}';\n\nreadFileSync('x');\n`,
      );
      assert.ok(rules.includes('no-restricted-imports'), String(rules));
    });
  }

  it('refuses a global of Node', async () => {
    const rules = await brokenRules(
      'plugins/break-glass-common/src/somewhere.ts',
      'export const key = process.env.KEY;\n',
    );
    assert.ok(rules.includes('no-restricted-globals'), String(rules));
  });
});
