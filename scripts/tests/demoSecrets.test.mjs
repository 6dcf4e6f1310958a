import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { demoSecrets } from '../lib/demoSecrets.mjs';

describe('demoSecrets', () => {
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'demo-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes secrets once and keeps them', () => {
    const first = demoSecrets(folder);

    assert.deepEqual(demoSecrets(folder), first);
    assert.ok(first.OIDC_CLIENT_SECRET.length >= 43);
    assert.notEqual(first.OIDC_CLIENT_SECRET, first.AUTH_SESSION_SECRET);
  });

  it('makes others for another folder', () => {
    const other = demoSecrets(join(folder, 'other'));

    assert.notDeepEqual(demoSecrets(folder), other);
  });

  it('lets only this user read them', () => {
    demoSecrets(folder);

    const { mode } = statSync(join(folder, 'demo-secrets.json'));

    // eslint-disable-next-line no-bitwise
    assert.equal(mode & 0o777, 0o600);
  });

  it('replaces a file that was cut short', () => {
    writeFileSync(join(folder, 'demo-secrets.json'), '{"OIDC_CLIENT_');

    assert.ok(demoSecrets(folder).AUTH_SESSION_SECRET);
  });
});
