import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { nodeHeaders } from '../lib/nodeHeaders.mjs';

describe('nodeHeaders', () => {
  let folder;
  const headersIn = (path, version) => {
    const prefix = join(folder, path);
    mkdirSync(join(prefix, 'include/node'), { recursive: true });
    writeFileSync(
      join(prefix, 'include/node/node_version.h'),
      `#define NODE_MODULE_VERSION ${version}\n`,
    );
    return prefix;
  };
  const find = configured =>
    nodeHeaders({
      executable: join(folder, 'node/bin/node'),
      modulesVersion: '137',
      configured,
    });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'node-headers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are those beside the running Node', () => {
    const prefix = headersIn('node', 137);

    assert.equal(find(), prefix);
  });

  it('are those of the platform package behind the npm package "node"', () => {
    const prefix = headersIn(
      `node/node_modules/node-${process.platform}-${process.arch}`,
      137,
    );

    assert.equal(find(), prefix);
  });

  it('are those that npm is configured with, if they fit', () => {
    headersIn('node', 137);
    const configured = headersIn('configured', 137);

    assert.equal(find(configured), configured);
  });

  it('are never those of another Node, whatever npm is configured with', () => {
    const prefix = headersIn('node', 137);

    assert.equal(find(headersIn('configured', 115)), prefix);
  });

  it('are left to be downloaded where none fit', () => {
    headersIn('node', 115);

    assert.equal(find(join(folder, 'none')), undefined);
  });
});
