import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { gzipSync } from 'zlib';
import { DuckDbActivitySource } from './DuckDbActivitySource';
import { ACCOUNT, aQuery, aRecord } from './testing';

const BOB = aQuery().sessionName;
const HOUR = '2026/10/01/11';

const mine = (eventID: string, change: Record<string, unknown> = {}) =>
  aRecord(BOB, { eventID, recipientAccountId: ACCOUNT, ...change });
const envelope = (logEvents: unknown) =>
  JSON.stringify({ messageType: 'DATA_MESSAGE', owner: ACCOUNT, logEvents });
const CONTROL =
  '{"messageType":"CONTROL_MESSAGE","logEvents":[{"message":"CWL CONTROL MESSAGE"}]}';

describe('files of a Firehose stream', () => {
  let root: string;
  let source: DuckDbActivitySource;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'stream-'));
    source = new DuckDbActivitySource({
      roots: [{ path: root, layout: 'firehose' }],
      memoryLimit: '256MB',
    });
  });

  afterEach(async () => {
    await source.close();
    rmSync(root, { recursive: true });
  });

  const write = (name: string, content: string | Buffer, folder = HOUR) => {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, name), content);
    return `${folder}/${name}`;
  };
  const search = async () => {
    const { records, coverage } = await source.search(aQuery(), {
      signal: new AbortController().signal,
    });
    return { ids: records.map(({ eventID }) => eventID).sort(), coverage };
  };
  const lines = (count: number) =>
    Array.from(
      { length: count },
      (_, index) => `${JSON.stringify(mine(`line ${index}`))}\n`,
    );

  it('reads lines, envelopes and files of a trail, packed or not, in one file or several', async () => {
    const [message] = [JSON.stringify(mine('in an envelope'))];
    write('a', `${JSON.stringify(mine('in a line'))}\n`);
    write('b', gzipSync(CONTROL + envelope([{ message }]) + CONTROL));
    write('c', JSON.stringify({ Records: [mine('in a trail file')] }));
    write(
      'd',
      Buffer.concat([
        gzipSync(JSON.stringify(mine('in a member'))),
        gzipSync(`\n${JSON.stringify(mine('in the next member'))}`),
      ]),
      '2026/10/01',
    );
    const { ids, coverage } = await search();
    expect(ids).toEqual([
      'in a line',
      'in a member',
      'in a trail file',
      'in an envelope',
      'in the next member',
    ]);
    expect(coverage.unreadable).toEqual([]);
    expect(coverage.filesRead).toBe(4);
  });

  it('finds a call however its writer wrote the characters of the name', async () => {
    const escaped = (id: string) =>
      JSON.stringify(mine(id))
        .replaceAll(BOB, `\\u0062${BOB.slice(1)}`)
        .replaceAll('/', '\\/');
    expect(escaped('a')).not.toContain(BOB);
    write('a', escaped('line'));
    write('b', envelope([{ message: escaped('envelope') }]));
    expect((await search()).ids).toEqual(['envelope', 'line']);
  });

  it('takes the account from the record, from the caller in old ones', async () => {
    write(
      'a',
      [
        mine('own'),
        mine('other', { recipientAccountId: '222233334444' }),
        mine('old', {
          recipientAccountId: undefined,
          userIdentity: {
            accountId: ACCOUNT,
            arn: `arn:aws:sts::${ACCOUNT}:assumed-role/BreakGlassAdmin/${BOB}`,
          },
        }),
        aRecord(BOB, { eventID: 'of nobody' }),
      ]
        .map(record => JSON.stringify(record))
        .join('\n'),
    );
    expect((await search()).ids).toEqual(['old', 'own']);
  });

  it('says that a stream leaves out large records', async () => {
    write('a', lines(1).join(''));
    expect((await search()).coverage.blindSpots).toEqual([
      expect.stringContaining('256 KB'),
    ]);
  });

  it('finds a cut between two lines, which no parser sees', async () => {
    const first = gzipSync(lines(3).join(''));
    const second = gzipSync(lines(5).join(''));
    const name = write(
      'cut',
      Buffer.concat([first, second.subarray(0, second.length - 9)]),
    );
    const { coverage } = await search();
    expect(coverage.unreadable).toEqual([`${name}: is cut off or damaged`]);
  });

  it('finds a byte that changed in a packed file', async () => {
    const packed = gzipSync(lines(3).join(''));
    packed[packed.length - 8] ^= 1;
    const name = write('changed', packed);
    const { ids, coverage } = await search();
    expect(ids).toEqual([]);
    expect(coverage.unreadable).toEqual([`${name}: is cut off or damaged`]);
  });

  it.each([
    ['{"eventName":"x"', 'is cut off or is not JSON with CloudTrail records'],
    ['hello', 'is cut off or is not JSON with CloudTrail records'],
    ['', 'is empty'],
    ['\n\n', 'is empty'],
    ['{"some":"thing"}', 'holds something else than CloudTrail records'],
    ['[]', 'holds something else than CloudTrail records'],
    [
      '{"messageType":"DATA_MESSAGE"}',
      'holds something else than CloudTrail records',
    ],
    [
      envelope([{ message: 'plain words' }]),
      'holds something else than CloudTrail records',
    ],
    [
      envelope([
        { message: 'plain words' },
        { message: JSON.stringify(mine('good')) },
      ]),
      'holds entries that are not records (1)',
    ],
  ])('reports %j, and reads the others', async (content, words) => {
    write('good', lines(1).join(''));
    const name = write('strange', content);
    const { ids, coverage } = await search();
    expect(ids).toContain('line 0');
    expect(coverage.unreadable).toEqual([`${name}: ${words}`]);
  });

  it('takes control messages and empty envelopes for what they are', async () => {
    write('a', CONTROL);
    write('b', envelope([]));
    const { coverage } = await search();
    expect(coverage.unreadable).toEqual([]);
    expect(coverage.filesRead).toBe(2);
  });

  it('reports what Firehose could not process in these days', async () => {
    write('good', lines(1).join(''));
    write('x', '{}', `processing-failed/${HOUR}`);
    write('x', '{}', 'processing-failed/2026/01/01/00');
    expect((await search()).coverage.unreadable).toEqual([
      'processing-failed/2026/10/01: holds records that Firehose could not process',
    ]);
  });

  it('reports files whose names are patterns, or no files', async () => {
    write('a*', lines(1).join(''));
    mkdirSync(join(root, HOUR, 'folder'));
    expect((await search()).coverage.unreadable).toEqual([
      `${HOUR}/a*: is not named like a file of Firehose`,
      `${HOUR}/folder: is not a file`,
    ]);
  });
});
