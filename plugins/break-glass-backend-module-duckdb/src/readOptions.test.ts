import { ConfigReader } from '@backstage/config';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { readOptions } from './readOptions';

const withDuckdb = (duckdb: Record<string, string>) =>
  new ConfigReader({ breakGlass: { activity: { duckdb } } });

describe('readOptions', () => {
  it('counts a relative path from the folder of app-config.yaml', () => {
    const root = mkdtempSync(join(tmpdir(), 'root-'));
    const deep = join(root, 'packages', 'backend');
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(root, 'app-config.yaml'), '');
    expect(readOptions(new ConfigReader({}), deep)).toEqual({
      root: join(root, '.data', 'cloudtrail'),
      memoryLimit: '1GB',
    });
    rmSync(root, { recursive: true });
  });

  it('takes an absolute path as it is', () => {
    const config = withDuckdb({ path: '/var/log/trail', memoryLimit: '512MB' });
    expect(readOptions(config)).toEqual({
      root: '/var/log/trail',
      memoryLimit: '512MB',
    });
  });

  it.each([
    [{ path: '/var/*/trail' }, 'breakGlass.activity.duckdb.path'],
    [{ memoryLimit: "1GB'; --" }, 'breakGlass.activity.duckdb.memoryLimit'],
    [{ memoryLimit: '0GB' }, 'breakGlass.activity.duckdb.memoryLimit'],
  ])('refuses %j and names the key', (duckdb, key) => {
    expect(() => readOptions(withDuckdb(duckdb))).toThrow(key);
  });
});
