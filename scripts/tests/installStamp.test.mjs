import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { installStamp, readStamp, writeStamp } from '../lib/installStamp.mjs';

describe('installStamp', () => {
  let root;
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const stampAfterChanging = path => {
    write(path, 'changed');
    return installStamp(root, '115');
  };
  const stamp = () => installStamp(root, '115');
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'install-stamp-'));
    write('package.json', '{}');
    write('yarn.lock', 'lock');
    write('.yarnrc.yml', 'nodeLinker: node-modules');
    write('packages/app/package.json', '{}');
    write('plugins/one/package.json', '{}');
    write('plugins/one/src/index.ts', 'export {}');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('stays when only code changes', () => {
    const before = stamp();
    write('plugins/one/src/index.ts', 'export const changed = true');

    assert.equal(stamp(), before);
  });

  for (const path of [
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    'plugins/one/package.json',
    'plugins/new/package.json',
    '.yarn/patches/one.patch',
  ]) {
    it(`changes with ${path}`, () => {
      const before = stamp();

      assert.notEqual(stampAfterChanging(path), before);
    });
  }

  it('changes with the Node that native modules are built for', () => {
    assert.notEqual(installStamp(root, '115'), installStamp(root, '137'));
  });

  it('is absent before the first installation', () => {
    const file = join(root, 'node_modules/.stamp');
    assert.equal(readStamp(file), undefined);

    writeStamp(file, 'stamp');

    assert.equal(readStamp(file), 'stamp');
  });
});
