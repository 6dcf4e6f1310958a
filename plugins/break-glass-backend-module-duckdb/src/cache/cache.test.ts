import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { gzipSync } from 'zlib';
import { redact } from 'backstage-plugin-break-glass-node';
import { DuckDbActivitySource } from '../DuckDbActivitySource';
import { aQuery, aRecord, TrailFolder } from '../testing';

const BOB = aQuery().sessionName;
const MINUTE = 60_000;
const TOKEN = `IQoJb3JpZ2lu${'Zx9'.repeat(40)}`;
const LARGE = 1_000_000_000;

describe('the cache', () => {
  let trail: TrailFolder;
  let path: string;
  let now: number;
  let warnings: string[];
  const opened: DuckDbActivitySource[] = [];

  beforeEach(() => {
    trail = new TrailFolder();
    path = mkdtempSync(join(tmpdir(), 'cache-'));
    warnings = [];
    // Files of a test have just been written.
    now = Date.now() + 60 * MINUTE;
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(source => source.close()));
    trail.remove();
    rmSync(path, { recursive: true, force: true });
  });

  const open = (change: { path?: string; maxSize?: number } = {}) => {
    const source = new DuckDbActivitySource(
      {
        roots: [{ path: trail.root, layout: 'auto' }],
        memoryLimit: '256MB',
        cache: { path, maxSize: LARGE, ...change },
      },
      { now: () => now },
      { warn: words => warnings.push(words) },
    );
    opened.push(source);
    return source;
  };
  const search = async (source: DuckDbActivitySource, query = aQuery()) => {
    const { signal } = new AbortController();
    const { records, coverage } = await source.search(query, { signal });
    return {
      ids: records.map(({ eventID }) => String(eventID)).sort(),
      records,
      coverage,
    };
  };
  const mine = (eventID: string, change: Record<string, unknown> = {}) =>
    aRecord(BOB, { eventID, ...change });
  const cached = (end: string) =>
    readdirSync(path).filter(name => name.endsWith(end));
  /** A file whose date can be written again: not every digit of one can. */
  const deliver = (...given: Parameters<TrailFolder['deliver']>) => {
    const name = trail.deliver(...given);
    const seconds = Math.floor(Date.now() / 1000);
    utimesSync(join(trail.root, name), seconds, seconds);
    return name;
  };
  const remove = (end: string) =>
    cached(end).forEach(name => rmSync(join(path, name)));
  /** Changes a log file without a trace: only who does not read it finds the old records. */
  const hollow = (name: string) => {
    const file = join(trail.root, name);
    const { size, atime, mtime } = statSync(file);
    writeFileSync(file, 'x'.repeat(size));
    utimesSync(file, atime, mtime);
  };

  it('answers a second look without the log files, with the same coverage', async () => {
    const name = deliver([
      mine('a'),
      aRecord('x', {
        eventTime: '2026-10-01T13:00:00Z',
        eventCategory: 'Data',
      }),
    ]);
    const broken = trail.write('not gzip, but long enough to be');
    const source = open();
    const first = await search(source);
    hollow(name);
    const second = await search(source);
    expect(second.ids).toEqual(['a']);
    expect(first.coverage.unreadable).toEqual([
      `${broken}: is not a gzip file`,
    ]);
    expect({ ...second.coverage, bytesScanned: 0 }).toEqual({
      ...first.coverage,
      bytesScanned: 0,
    });
  });

  it('pitfall 19: reads a day anew when a file arrives late, goes, or changes', async () => {
    const name = trail.deliver([mine('early')]);
    const source = open();
    expect((await search(source)).ids).toEqual(['early']);
    const late = trail.deliver([mine('late')]);
    expect((await search(source)).ids).toEqual(['early', 'late']);
    rmSync(join(trail.root, name));
    expect((await search(source)).ids).toEqual(['late']);
    hollow(late);
    utimesSync(join(trail.root, late), 1, 1);
    const { ids, coverage } = await search(source);
    expect(ids).toEqual([]);
    expect(coverage.unreadable).toHaveLength(1);
  });

  it('does not keep a day that still gets files', async () => {
    trail.deliver([mine('a')]);
    now = Date.now() + MINUTE;
    expect((await search(open())).ids).toEqual(['a']);
    expect(readdirSync(path)).toEqual([]);
  });

  it('does not keep a day of which a file could not be opened', async () => {
    trail.deliver([mine('a')]);
    // Its end says that it unpacks to more than is read.
    const content = Buffer.alloc(300_000, 0xff);
    content.writeUInt16BE(0x1f8b, 0);
    content.writeUInt32LE(270 * 1024 * 1024, content.length - 4);
    trail.write(content);
    const { ids, coverage } = await search(open());
    expect(ids).toEqual(['a']);
    expect(coverage.unreadable).toEqual([
      expect.stringContaining('unpacks to 270 MB'),
    ]);
    expect(readdirSync(path)).toEqual([]);
  });

  it('pitfall 27: holds no session token', async () => {
    const credentials = {
      accessKeyId: 'ASIAKEY0000000000001',
      sessionToken: TOKEN,
    };
    trail.deliver([
      mine('assume', {
        eventName: 'AssumeRole',
        responseElements: { credentials },
      }),
      mine('in a text', {
        requestParameters: { body: JSON.stringify({ credentials }) },
      }),
      mine('in a link', { userAgent: `x?X-Amz-Security-Token=${TOKEN}&b=1` }),
      mine('in a script', {
        errorMessage: `export AWS_SESSION_TOKEN="${TOKEN}"`,
      }),
      mine('alone', { errorMessage: `see ${TOKEN}.` }),
      mine('without', {
        requestParameters: { tokenCount: 3, nextToken: 'page' },
      }),
    ]);
    const source = open();
    const first = await search(source);
    expect(JSON.stringify(first.records)).toContain(TOKEN);
    const { records, ids } = await search(source);
    expect(ids).toEqual(first.ids);
    expect(JSON.stringify(records)).not.toContain('Zx9Zx9');
    expect(records.find(({ eventID }) => eventID === 'without')).toEqual(
      first.records.find(({ eventID }) => eventID === 'without'),
    );
    expect(records.find(({ eventID }) => eventID === 'assume')).toMatchObject({
      responseElements: {
        credentials: {
          accessKeyId: 'ASIAKEY0000000000001',
          sessionToken: 'REDACTED',
        },
      },
    });
  });

  it.each([
    'masterUserPassword',
    'privateKey',
    'keyMaterial',
    'authorizationToken',
    'clientSecret',
    'secretString',
    'plaintext',
    'accessToken',
    'serviceCredentialSecret',
  ])(
    'I10: pitfall 27: keeps no %s, whatever it holds, and the rest as it is',
    async name => {
      const secret = 'TopSecretValue123';
      const record = mine('a', {
        requestParameters: { bucketName: "b's é" },
        responseElements: [secret, 7, { inner: secret }, [secret], null].map(
          value => ({ [name]: value }),
        ),
      });
      trail.deliver([record]);
      const source = open();
      const first = await search(source);
      expect(JSON.stringify(first.records)).toContain(secret);
      const second = await search(source);
      expect(JSON.stringify(second.records)).not.toContain(secret);
      expect(second.records).toEqual(first.records.map(redact));
    },
  );

  it('I10: keeps no secret that the log file writes with escapes', async () => {
    const records = [
      mine('a', { responseElements: { sessionToken: 'A/SAFE' } }),
    ];
    const text = JSON.stringify({ Records: records });
    trail.write(gzipSync(text.replace('A/SAFE', 'A\\/S\\u0041FE')));
    const source = open();
    expect(JSON.stringify(await search(source))).toContain('A/SAFE');
    expect((await search(source)).records).toEqual(records.map(redact));
  });

  it('may be deleted, whole or in parts, and is built again', async () => {
    trail.deliver([mine('a')]);
    const source = open();
    await search(source);
    for (const end of ['.parquet', '.json', '']) {
      remove(end);
      expect((await search(source)).ids).toEqual(['a']);
      expect(cached('.json')).toHaveLength(1);
      expect(cached('.parquet').length).toBeGreaterThan(0);
    }
    rmSync(path, { recursive: true });
    expect((await search(source)).ids).toEqual(['a']);
    expect(cached('.json')).toHaveLength(1);
  });

  it('may be deleted while it is searched', async () => {
    trail.deliver(Array.from({ length: 50 }, (_, index) => mine(`${index}`)));
    const source = open();
    for (let round = 0; round < 20; round++) {
      const searching = search(source);
      rmSync(path, { recursive: true, force: true });
      expect((await searching).ids).toHaveLength(50);
    }
  });

  it.each<[string, string, (file: string) => void]>([
    ['a part that is cut off', '.parquet', file => truncateSync(file, 100)],
    ['a part with a changed byte', '.parquet', flip],
    ['a summary that is cut off', '.json', file => truncateSync(file, 20)],
    ['a summary of something else', '.json', file => writeFileSync(file, '{}')],
  ])('builds %s again', async (_, end, damage) => {
    const log = deliver([mine('a')]);
    await search(open());
    cached(end).forEach(name => damage(join(path, name)));
    const source = open();
    expect((await search(source)).ids).toEqual(['a']);
    expect(cached('.json')).toHaveLength(1);
    hollow(log);
    expect((await search(open())).ids).toEqual(['a']);
  });

  it('takes no part for another that can be read as well', async () => {
    const other = aQuery({ sessionName: 'mary' });
    trail.deliver([aRecord('mary', { eventID: 'of mary' })]);
    await search(open(), other);
    const [part] = cached('.parquet');
    const content = readFileSync(join(path, part));
    remove('');
    trail.deliver([mine('a')]);
    await search(open());
    const [damaged] = cached('.parquet');
    writeFileSync(join(path, damaged), content);
    const [summary] = cached('.json').map(name => join(path, name));
    const kept = JSON.parse(readFileSync(summary, 'utf8'));
    kept.parts[0].size = content.length;
    writeFileSync(summary, JSON.stringify(kept));
    expect((await search(open())).ids).toEqual(['a']);
  });

  it('is shared: two that fill it at once give the same, and so does a third', async () => {
    const name = deliver([mine('a'), mine('b')]);
    const both = await Promise.all([search(open()), search(open())]);
    expect(both.map(({ ids }) => ids)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    hollow(name);
    expect((await search(open())).ids).toEqual(['a', 'b']);
  });

  it('stays within its size, keeps what was used last, and deletes nothing else', async () => {
    const onDay = (day: string) =>
      aQuery({
        from: Date.parse(`${day}T10:00:00Z`),
        to: Date.parse(`${day}T12:00:00Z`),
      });
    const days = ['2026-10-01', '2026-10-05', '2026-10-09'];
    const names = days.map(day =>
      deliver([mine(day, { eventTime: `${day}T11:00:00Z` })], {
        day: day.replaceAll('-', '/'),
      }),
    );
    writeFileSync(join(path, 'notes.json'), 'mine');
    mkdirSync(join(path, 'folder'));
    await search(open(), onDay(days[0]));
    const size = sizeOf(path);
    const source = open({ maxSize: size * 2.5 });
    for (const day of [days[1], days[0], days[2]]) {
      now += MINUTE;
      await search(source, onDay(day));
    }
    expect(sizeOf(path)).toBeLessThanOrEqual(size * 2.5);
    expect(cached('.json').sort()).toHaveLength(3);
    expect(existsSync(join(path, 'notes.json'))).toBe(true);
    names.forEach(hollow);
    expect((await search(source, onDay(days[0]))).ids).toEqual([days[0]]);
    expect((await search(source, onDay(days[1]))).ids).toEqual([]);
  });

  it('is no reason to fail where it cannot be written', async () => {
    trail.deliver([mine('a')]);
    const file = join(path, 'file');
    writeFileSync(file, '');
    const source = open({ path: file });
    expect((await search(source)).ids).toEqual(['a']);
    expect((await search(source)).ids).toEqual(['a']);
  });

  it.each([0o777, 0o770, 0o702])(
    'is not used, and that is said once, in a folder of mode %o: others could swap its files',
    async mode => {
      const name = deliver([mine('a')]);
      await search(open());
      chmodSync(path, mode);
      hollow(name);
      const source = open();
      expect((await search(source)).ids).toEqual([]);
      expect((await search(source)).coverage.unreadable).toHaveLength(1);
      expect(warnings).toEqual([
        `The cache ${path} can be written by other users and is not used: give breakGlass.activity.duckdb.cache.path a folder of this process's user with mode 0700`,
      ]);
      chmodSync(path, 0o700);
      expect((await search(source)).ids).toEqual(['a']);
    },
  );

  it('writes nothing to a folder that others may write to', async () => {
    chmodSync(path, 0o777);
    trail.deliver([mine('a')]);
    expect((await search(open())).ids).toEqual(['a']);
    expect(readdirSync(path)).toEqual([]);
  });

  it('is not used through a link', async () => {
    const link = join(path, 'link');
    const folder = join(path, 'folder');
    mkdirSync(folder, { mode: 0o700 });
    symlinkSync(folder, link);
    trail.deliver([mine('a')]);
    expect((await search(open({ path: link }))).ids).toEqual(['a']);
    expect(readdirSync(folder)).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('is a link or a file')]);
  });

  it('is made for its owner alone', async () => {
    const folder = join(path, 'new');
    trail.deliver([mine('a')]);
    expect((await search(open({ path: folder }))).ids).toEqual(['a']);
    expect(statSync(folder).mode.toString(8)).toBe('40700');
    expect(readdirSync(folder)).not.toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('is not used in a folder of another user', async () => {
    const name = deliver([mine('a')]);
    await search(open());
    hollow(name);
    const user = jest.spyOn(process, 'getuid').mockReturnValue(12_345);
    const { ids } = await search(open());
    user.mockRestore();
    expect(ids).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining('belongs to another user'),
    ]);
  });

  it.each(['.json', '.parquet'])(
    'uses no %s file that is a link, as others may have left it',
    async end => {
      const name = deliver([mine('a')]);
      await search(open());
      mkdirSync(join(path, 'aside'));
      for (const file of cached(end)) {
        renameSync(join(path, file), join(path, 'aside', file));
        symlinkSync(join(path, 'aside', file), join(path, file));
      }
      hollow(name);
      expect((await search(open())).ids).toEqual([]);
    },
  );

  it('finds records that do not say their time', async () => {
    trail.deliver([mine('timed'), mine('untimed', { eventTime: undefined })]);
    const source = open();
    expect((await search(source)).ids).toEqual(['timed', 'untimed']);
    expect((await search(source)).ids).toEqual(['timed', 'untimed']);
  });

  it('opens only days that reach into the time asked for', async () => {
    trail.deliver([mine('a')]);
    trail.deliver([mine('b', { eventTime: '2026-10-02T11:00:00Z' })], {
      day: '2026/10/02',
    });
    const source = open();
    await search(source);
    const { ids, coverage } = await search(source);
    expect(ids).toEqual(['a']);
    const sizes = cached('.parquet').map(
      name => statSync(join(path, name)).size,
    );
    expect(sizes).toHaveLength(2);
    expect(sizes).toContain(coverage.bytesScanned);
  });
});

function flip(file: string) {
  const content = readFileSync(file);
  const middle = Math.floor(content.length / 3);
  content[middle] ^= 0xff;
  writeFileSync(file, content);
}

function sizeOf(folder: string): number {
  return readdirSync(folder)
    .map(name => statSync(join(folder, name)))
    .filter(stat => stat.isFile())
    .reduce((sum, { size }) => sum + size, 0);
}
