import { ConfigReader } from '@backstage/config';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { readOptions } from './readOptions';

type JsonObject = NonNullable<ConstructorParameters<typeof ConfigReader>[0]>;

const withDuckdb = (duckdb: JsonObject) =>
  new ConfigReader({ breakGlass: { activity: { duckdb } } });

describe('readOptions', () => {
  it('counts a relative path from the folder of app-config.yaml', () => {
    const root = mkdtempSync(join(tmpdir(), 'root-'));
    const deep = join(root, 'packages', 'backend');
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(root, 'app-config.yaml'), '');
    expect(readOptions(new ConfigReader({}), deep)).toEqual({
      roots: [{ path: join(root, '.data', 'cloudtrail'), layout: 'auto' }],
      memoryLimit: '256MB',
    });
    const config = withDuckdb({ cache: { path: '.data/cache' } });
    expect(readOptions(config, deep).cache).toEqual({
      path: join(root, '.data', 'cache'),
      maxSize: 2_000_000_000,
    });
    rmSync(root, { recursive: true });
  });

  it('takes absolute paths as they are', () => {
    const config = withDuckdb({
      path: '/var/log/trail',
      layout: 'trail',
      memoryLimit: '512MB',
      cache: { path: '/var/cache/trail', maxSize: '500MB' },
    });
    expect(readOptions(config)).toEqual({
      roots: [{ path: '/var/log/trail', layout: 'trail' }],
      memoryLimit: '512MB',
      cache: { path: '/var/cache/trail', maxSize: 500_000_000 },
    });
  });

  it('takes several folders, each with its own layout', () => {
    const config = withDuckdb({
      roots: [
        { path: '/logs/trail' },
        { path: '/logs/stream', layout: 'firehose' },
      ],
    });
    expect(readOptions(config).roots).toEqual([
      { path: '/logs/trail', layout: 'auto' },
      { path: '/logs/stream', layout: 'firehose' },
    ]);
  });

  it.each<[JsonObject, string]>([
    [{ path: '/var/*/trail' }, 'breakGlass.activity.duckdb.path'],
    [{ layout: 'tail' }, 'breakGlass.activity.duckdb.layout'],
    [{ memoryLimit: "1GB'; --" }, 'breakGlass.activity.duckdb.memoryLimit'],
    [{ memoryLimit: '0GB' }, 'breakGlass.activity.duckdb.memoryLimit'],
    [{ roots: [] }, 'breakGlass.activity.duckdb.roots'],
    [{ path: '/a', roots: [{ path: '/b' }] }, 'either path or roots'],
    [
      { roots: [{ path: '/a[1]' }] },
      'breakGlass.activity.duckdb.roots[0].path',
    ],
    [{ cache: { path: '/a?' } }, 'breakGlass.activity.duckdb.cache.path'],
    [
      { cache: { path: '/a', maxSize: '1TB' } },
      'breakGlass.activity.duckdb.cache.maxSize',
    ],
    [{ path: '/logs', cache: { path: '/logs/cache' } }, 'outside the folders'],
    [{ path: '/logs/trail', cache: { path: '/logs' } }, 'outside the folders'],
    [{ path: '/logs', cache: { path: '/logs' } }, 'outside the folders'],
  ])('refuses %j and names the key', (duckdb, key) => {
    expect(() => readOptions(withDuckdb(duckdb))).toThrow(key);
  });

  it('lets the cache lie beside the logs, whatever their names begin with', () => {
    const config = withDuckdb({
      path: '/data/logs',
      cache: { path: '/data/logs-cache' },
    });
    expect(readOptions(config).cache?.path).toBe('/data/logs-cache');
  });
});
