import { DuckDbEngine } from './DuckDbEngine';
import { aRecord, TrailFolder } from './testing';

const ENDLESS = 'SELECT count(*) FROM range(100000000000) a, range(1000) b';

describe('DuckDbEngine', () => {
  const trail = new TrailFolder();
  const engine = new DuckDbEngine({
    roots: [{ path: trail.root, layout: 'auto' }],
    memoryLimit: '256MB',
  });
  const { signal } = new AbortController();

  afterAll(async () => {
    await engine.close();
    trail.remove();
  });

  it.each([
    `SELECT * FROM read_text('/etc/hostname')`,
    `SELECT * FROM read_text('${__filename}')`,
    `COPY (SELECT 1) TO '/tmp/break-glass-duckdb-test.csv'`,
    `ATTACH '/tmp/break-glass-duckdb-test.db'`,
    `INSTALL httpfs`,
    `LOAD httpfs`,
  ])('reaches nothing outside the folder: %s', async sql => {
    await expect(engine.query(sql, {}, signal)).rejects.toThrow(
      /disabled (through|by) configuration|Permission Error/,
    );
  });

  it.each([
    'SET enable_external_access = true',
    `SET allowed_directories = ['/']`,
    `SET memory_limit = '64GB'`,
    'SET autoload_known_extensions = true',
  ])('cannot be opened up again: %s', async sql => {
    await expect(engine.query(sql, {}, signal)).rejects.toThrow(
      'configuration has been locked',
    );
  });

  it('reads below the folder', async () => {
    const name = trail.deliver([aRecord('x')]);
    const rows = await engine.query(
      'SELECT count(*)::INTEGER AS files FROM glob($path)',
      { path: `${trail.root}/${name}` },
      signal,
    );
    expect(rows).toEqual([{ files: 1 }]);
  });

  it('an abort interrupts a running statement, and the next one runs', async () => {
    const controller = new AbortController();
    const endless = engine.query(ENDLESS, {}, controller.signal);
    setImmediate(() => controller.abort(new Error('given up')));
    await expect(endless).rejects.toThrow('given up');
    expect(await engine.query('SELECT 1 AS one', {}, signal)).toEqual([
      { one: 1 },
    ]);
  });

  it('closing interrupts a running statement', async () => {
    const closing = new DuckDbEngine({
      roots: [{ path: trail.root, layout: 'auto' }],
      memoryLimit: '256MB',
    });
    const endless = closing.query(ENDLESS, {}, signal);
    setImmediate(() => closing.close());
    await expect(endless).rejects.toThrow('shutting down');
  });
});
