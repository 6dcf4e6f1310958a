import { mkdirSync, renameSync, rmSync, symlinkSync } from 'fs';
import { join } from 'path';
import { gzipSync } from 'zlib';
import { ActivityQuery } from 'backstage-plugin-break-glass-node';
import { DuckDbActivitySource } from './DuckDbActivitySource';
import { ACCOUNT, aQuery, aRecord, TrailFolder } from './testing';

const BOB = aQuery().sessionName;

describe('DuckDbActivitySource', () => {
  let trail: TrailFolder;
  let source: DuckDbActivitySource;

  beforeEach(() => {
    trail = new TrailFolder();
    source = new DuckDbActivitySource({
      roots: [{ path: trail.root, layout: 'auto' }],
      memoryLimit: '256MB',
    });
  });

  afterEach(async () => {
    await source.close();
    trail.remove();
  });

  const search = (query: ActivityQuery = aQuery()) =>
    source.search(query, { signal: new AbortController().signal });
  const idsOf = async (query?: ActivityQuery) =>
    (await search(query)).records.map(record => record.eventID).sort();

  it('finds the calls of a session by its whole name', async () => {
    trail.deliver([
      aRecord(BOB, { eventID: 'mine' }),
      aRecord('mary@01K6F000000000000000000000'),
      { eventID: 'no identity', eventTime: '2026-10-01T11:00:00Z' },
    ]);
    expect(await idsOf()).toEqual(['mine']);
  });

  it('finds a call however its writer wrote the characters of the name', async () => {
    const escaped = JSON.stringify({
      Records: [aRecord(BOB, { eventID: 'mine' })],
    })
      .replaceAll(BOB, `\\u0062${BOB.slice(1)}`)
      .replaceAll('/', '\\/');
    expect(escaped).not.toContain(BOB);
    trail.write(gzipSync(escaped));
    expect(await idsOf()).toEqual(['mine']);
  });

  it('pitfall 17: a name that only contains the session name is not found', async () => {
    trail.deliver([
      aRecord('bob2@01K6F000000000000000000000'),
      aRecord(`${BOB}2`),
      aRecord(`x${BOB}`),
    ]);
    expect(await idsOf(aQuery({ sessionName: 'bob' }))).toEqual([]);
    expect(await idsOf()).toEqual([]);
  });

  it.each(['a_b', 'a%', '%', '_', 'a+b=c,d.e-f@g'])(
    'pitfall 17: %s in a name stands for itself',
    async name => {
      trail.deliver([
        aRecord(name, { eventID: 'mine' }),
        aRecord('axb'),
        aRecord('abc'),
        aRecord('a'),
      ]);
      expect(await idsOf(aQuery({ sessionName: name }))).toEqual(['mine']);
    },
  );

  it.each([
    `x'; DROP TABLE records; --`,
    `x' OR '1'='1`,
    `x\\' OR true --`,
    'x\n/* comment */',
    '$path',
    'x"y',
    '名前\u202e',
  ])('pitfall 18: %j is a value in every field of a query', async hostile => {
    trail.deliver([
      aRecord(BOB, { eventID: 'other' }),
      aRecord('x', {
        eventID: 'hostile',
        userIdentity: { sessionContext: { sourceIdentity: hostile } },
      }),
    ]);
    const query = aQuery({
      sessionName: hostile,
      roleArn: hostile,
      accessKeyIds: [hostile],
    });
    expect(await idsOf(query)).toEqual(['hostile']);
  });

  it('pitfall 18: an account id that is not 12 digits reaches no path', async () => {
    await expect(search(aQuery({ accountId: '../../etc' }))).rejects.toThrow(
      '12 digits',
    );
  });

  it('finds chained calls by source identity, and AssumeRole by name or by key', async () => {
    const assume = (eventID: string, more: Record<string, unknown>) =>
      aRecord('broker', { eventID, eventName: 'AssumeRole', ...more });
    const { roleArn } = aQuery();
    trail.deliver([
      aRecord('pipeline', {
        eventID: 'chained',
        userIdentity: { sessionContext: { sourceIdentity: BOB } },
      }),
      assume('by name', {
        requestParameters: { roleArn, roleSessionName: BOB },
      }),
      assume('by key', {
        responseElements: {
          credentials: { accessKeyId: 'ASIAKEY0000000000001' },
        },
      }),
      assume('other role', {
        requestParameters: { roleArn: `${roleArn}2`, roleSessionName: BOB },
      }),
      assume('other key', {
        responseElements: {
          credentials: { accessKeyId: 'ASIAKEY0000000000002' },
        },
      }),
      assume('refused', { requestParameters: null }),
    ]);
    expect(await idsOf()).toEqual(['by key', 'by name', 'chained']);
  });

  it('looks one day before and after, and no further', async () => {
    for (const day of ['09/29', '09/30', '10/01', '10/02', '10/03']) {
      trail.deliver([aRecord(BOB, { eventID: day })], { day: `2026/${day}` });
    }
    expect(await idsOf()).toEqual(['09/30', '10/01', '10/02']);
  });

  it('takes records from the start of the query up to, not including, its end', async () => {
    const at = (eventTime: string) =>
      aRecord(BOB, { eventID: eventTime, eventTime });
    trail.deliver([
      at('2026-10-01T09:59:59Z'),
      at('2026-10-01T10:00:00Z'),
      at('2026-10-01T11:59:59Z'),
      at('2026-10-01T12:00:00Z'),
    ]);
    expect(await idsOf()).toEqual([
      '2026-10-01T10:00:00Z',
      '2026-10-01T11:59:59Z',
    ]);
  });

  it('reads trails of an organization, several regions, and only this account', async () => {
    const own = aRecord(BOB, { eventID: 'own' });
    trail.deliver([own], { region: 'us-gov-west-1', prefix: 'o-abcdefghij/' });
    trail.deliver([aRecord(BOB, { eventID: 'second' })], {
      region: 'us-east-1',
    });
    trail.deliver([aRecord(BOB, { eventID: 'strange' })], { prefix: 'x-1/' });
    const { coverage } = await search();
    expect(await idsOf()).toEqual(['own', 'second']);
    expect(await idsOf(aQuery({ accountId: '222233334444' }))).toEqual([]);
    expect(coverage.regions).toEqual(['us-east-1', 'us-gov-west-1']);
  });

  it('pitfall 21: nothing delivered is an answer, not an error', async () => {
    expect(await search()).toEqual({
      records: [],
      coverage: {
        regions: [],
        dataEvents: 'not-seen',
        trailRunningAtEnd: false,
        filesRead: 0,
        bytesScanned: 0,
        unreadable: [],
      },
    });
  });

  it('pitfall 21: a folder that is gone is an error that names it', async () => {
    trail.remove();
    await expect(search()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining(trail.root),
    });
    expect(await source.probe()).toEqual({
      ok: false,
      words: expect.stringContaining('cannot be read'),
    });
  });

  it('says whether data events and anything after the end were delivered', async () => {
    trail.deliver([
      aRecord('x', {
        eventCategory: 'Data',
        eventTime: '2026-10-01T12:00:00Z',
      }),
    ]);
    const { coverage } = await search();
    expect(coverage).toMatchObject({
      dataEvents: 'seen',
      trailRunningAtEnd: true,
      filesRead: 1,
    });
  });

  it('reports each bad file by name with the reason, and reads the others', async () => {
    const json = (value: unknown) => gzipSync(JSON.stringify(value));
    const bad: Array<[string | Buffer, string]> = [
      ['', 'is empty'],
      [gzipSync('').subarray(0, 10), 'is cut off'],
      ['not gzip, but long enough to be', 'is not a gzip file'],
      [
        gzipSync('{"Records":[{"eventID":"1"},'),
        'is cut off or is not JSON with CloudTrail records',
      ],
      [gzipSync(''), 'is empty'],
      [
        json({ digestStartTime: 'x', logFiles: [] }),
        'holds something else than CloudTrail records',
      ],
      [
        gzipSync('{"eventID":"1"}\n{"eventID":"2"}\n'),
        'holds something else than CloudTrail records',
      ],
      [
        json({ Records: 'x' }),
        'is cut off or is not JSON with CloudTrail records',
      ],
    ];
    const expected = bad.map(
      ([content, reason]) => `${trail.write(content)}: ${reason}`,
    );
    const odd = trail.deliver([3, null, aRecord(BOB, { eventID: 'mine' })]);
    const { records, coverage } = await search();
    expect(records.map(record => record.eventID)).toEqual(['mine']);
    expect(coverage.unreadable).toEqual(
      [...expected, `${odd}: holds entries that are not records (2)`].sort(),
    );
    expect(coverage.filesRead).toBeGreaterThan(0);
  });

  it('reports a file that was cut off while it was copied', async () => {
    const whole = gzipSync(
      JSON.stringify({
        Records: Array.from({ length: 500 }, () => aRecord(BOB)),
      }),
    );
    const name = trail.write(whole.subarray(0, whole.length / 2));
    const { records, coverage } = await search();
    expect(records).toEqual([]);
    expect(coverage.unreadable).toEqual([expect.stringContaining(name)]);
  });

  it('reports files that do not belong there, and leaves unfinished ones alone', async () => {
    const file = (name: string) =>
      trail.write(gzipSync('{"Records":[]}'), { name });
    const foreign = [
      file('222233334444_CloudTrail_eu-central-1_20261001T1105Z_a.json.gz'),
      file(`${ACCOUNT}_CloudTrail_us-east-1_20261001T1105Z_a.json.gz`),
      file(`${ACCOUNT}_CloudTrail_eu-central-1_20261001T1105Z_*.json.gz`),
    ];
    const digest = file(
      `${ACCOUNT}_CloudTrail-Digest_eu-central-1_trail_20261001T110500Z.json.gz`,
    );
    file('.hidden.json.gz');
    file('half.json.gz.tmp');
    const { coverage } = await search();
    expect(coverage.unreadable).toHaveLength(foreign.length);
    foreign.forEach(name =>
      expect(coverage.unreadable.join('\n')).toContain(name),
    );
    expect(coverage.notes).toEqual([
      `${digest}: is a digest or insight, and is not read`,
    ]);
    expect(coverage.filesRead).toBe(0);
  });

  it('does not follow links out of the folder', async () => {
    const outside = new TrailFolder();
    const name = outside.deliver([aRecord(BOB, { eventID: 'outside' })]);
    const folder = join(trail.root, name, '..');
    mkdirSync(folder, { recursive: true });
    symlinkSync(join(outside.root, name), join(trail.root, name));
    const { records, coverage } = await search();
    outside.remove();
    expect(records).toEqual([]);
    expect(coverage.unreadable).toEqual([
      `${name}: is a link, and is not followed`,
    ]);
  });

  it.each([
    ['the account', `AWSLogs/${ACCOUNT}`],
    ['the trail', `AWSLogs/${ACCOUNT}/CloudTrail`],
    ['a region', `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1`],
    ['a year', `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2026`],
    ['a day', `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2026/10/01`],
  ])('says that %s is a link, and does not follow it', async (_, folder) => {
    trail.deliver([aRecord(BOB)], { region: 'us-east-1' });
    const aside = `${trail.root}-aside`;
    renameSync(join(trail.root, folder), aside);
    symlinkSync(aside, join(trail.root, folder));
    const { records, coverage } = await search();
    rmSync(aside, { recursive: true });
    expect(records).toEqual([]);
    expect(coverage.unreadable).toEqual([
      `${folder}: is a link, and is not followed`,
    ]);
  });

  it('takes no notice of a link in the place of another account', async () => {
    trail.deliver([aRecord(BOB, { eventID: 'mine' })]);
    symlinkSync(trail.root, join(trail.root, 'AWSLogs', '999999999999'));
    const { coverage } = await search();
    expect(await idsOf()).toEqual(['mine']);
    expect(coverage.unreadable).toEqual([]);
  });

  it('reads a file whose one object is far larger than DuckDB expects', async () => {
    const records = Array.from({ length: 12_000 }, () =>
      aRecord('x', { padding: 'y'.repeat(1_500) }),
    );
    trail.deliver([...records, aRecord(BOB, { eventID: 'mine' })]);
    expect(await idsOf()).toEqual(['mine']);
  });

  it('stops when the caller gives up', async () => {
    trail.deliver([aRecord(BOB)]);
    const controller = new AbortController();
    controller.abort(new Error('given up'));
    await expect(
      source.search(aQuery(), { signal: controller.signal }),
    ).rejects.toThrow('given up');
  });

  it('answers nothing once it is closed, and closing can be repeated', async () => {
    trail.deliver([aRecord(BOB)]);
    await search();
    await source.close();
    await source.close();
    await expect(search()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
  });

  it('is well where the folder can be read', async () => {
    expect(await source.probe()).toMatchObject({ ok: true });
  });
});
