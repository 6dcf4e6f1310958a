import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import {
  ActivityQuery,
  RawCloudTrailRecord,
} from 'backstage-plugin-break-glass-node';
import { DuckDbActivitySource } from './DuckDbActivitySource';
import { aQuery } from './testing';

const SAMPLES = process.env.BREAK_GLASS_CLOUDTRAIL_SAMPLES ?? '';
const samplesHere = SAMPLES !== '' && existsSync(SAMPLES);
if (!samplesHere) {
  process.stdout.write(
    'Skipped: real log files. Set BREAK_GLASS_CLOUDTRAIL_SAMPLES to their folder.\n',
  );
}

const { signal } = new AbortController();

async function withSource<T>(
  folder: string,
  work: (source: DuckDbActivitySource) => Promise<T>,
): Promise<T> {
  const source = new DuckDbActivitySource({
    roots: [{ path: join(SAMPLES, folder), layout: 'auto' }],
    memoryLimit: '256MB',
  });
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

const search = (folder: string, query: ActivityQuery) =>
  withSource(folder, source => source.search(query, { signal }));

const idsOf = (records: RawCloudTrailRecord[]) =>
  records.map(({ eventID }) => eventID).sort();

/** Files below a folder, relative to it. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}

/** Records of a file of a stream, by unpacking it and cutting it between objects. */
function recordsOfStream(path: string): RawCloudTrailRecord[] {
  const content = readFileSync(path);
  const text = (content[0] === 0x1f ? gunzipSync(content) : content).toString();
  return objectsOf(text).flatMap(object => {
    if (object.messageType === 'CONTROL_MESSAGE') {
      return [];
    }
    const { logEvents } = object as { logEvents?: Array<{ message: string }> };
    return logEvents?.map(({ message }) => JSON.parse(message)) ?? [object];
  });
}

/** JSON objects of a text, whatever stands between them. */
function objectsOf(text: string): RawCloudTrailRecord[] {
  const objects: RawCloudTrailRecord[] = [];
  let depth = 0;
  let start = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString && character === '\\') {
      at += 1;
    } else if (character === '"') {
      inString = !inString;
    } else if (!inString && character === '{') {
      start = depth === 0 ? at : start;
      depth += 1;
    } else if (!inString && character === '}') {
      depth -= 1;
      if (depth === 0) {
        objects.push(JSON.parse(text.slice(start, at + 1)));
      }
    }
  }
  return objects;
}

/** Records of a folder, by nothing but unpacking and parsing. */
function recordsOf(folder: string): RawCloudTrailRecord[] {
  return filesOf(join(SAMPLES, folder)).flatMap(name =>
    name.endsWith('.json.gz')
      ? JSON.parse(gunzipSync(readFileSync(name)).toString()).Records
      : recordsOfStream(name),
  );
}

const isInSession = (name: string) => (record: RawCloudTrailRecord) => {
  const { arn } = record.userIdentity as { arn?: string };
  return arn?.split('/')[2] === name;
};

(samplesHere ? describe : describe.skip)('real log files', () => {
  it('constructed-sessions: finds the events that expected.json says, and the AssumeRole record', async () => {
    const truth = JSON.parse(
      readFileSync(join(SAMPLES, 'constructed-sessions/expected.json'), 'utf8'),
    );
    const { records, coverage } = await search(
      'constructed-sessions',
      aQuery({
        roleArn: 'arn:aws:iam::111122223333:role/BreakGlass',
        sessionName: truth.S1.roleSessionName,
        accessKeyIds: [truth.S1.accessKeyId],
        from: Date.parse('2025-02-11T09:00:00Z'),
        to: Date.parse('2025-02-11T12:00:00Z'),
      }),
    );
    const assumed = records.filter(each => each.eventName === 'AssumeRole');
    expect(assumed).toHaveLength(1);
    expect(idsOf(records)).toEqual(
      [...truth.S1.events, assumed[0].eventID].sort(),
    );
    expect(coverage.unreadable).toEqual([]);
  });

  it.each([
    ['invictus-2023', '123837392027', '2023-07-10', '2023-07-11'],
    ['traildiscover', '111111111111', '2016-01-01', '2017-01-01'],
    ['traildiscover', '111111111111', '2024-08-01', '2024-10-01'],
    ['firehose-constructed', '123837392027', '2023-07-10', '2023-07-11'],
  ])(
    '%s: finds every session’s calls that plain parsing finds (%s, %s)',
    async (folder, accountId, from, to) => {
      const time = { from: Date.parse(from), to: Date.parse(to) };
      const inTime = recordsOf(folder).filter(record => {
        const at = Date.parse(String(record.eventTime));
        return at >= time.from && at < time.to;
      });
      const names = inTime.flatMap(({ userIdentity }) => {
        const { arn } = userIdentity as { arn?: string };
        return arn?.split('/')[2] ?? [];
      });
      for (const sessionName of new Set([...names, 'nobody'])) {
        const { records, coverage } = await search(
          folder,
          aQuery({ accountId, sessionName, accessKeyIds: [], ...time }),
        );
        expect(idsOf(records)).toEqual(
          idsOf(inTime.filter(isInSession(sessionName))),
        );
        expect(coverage.unreadable).toEqual([]);
      }
    },
  );

  it.each(['umccr-examples', 'aws-docs-examples'])(
    '%s: says why nothing of it is read',
    async folder => {
      const { coverage } = await search(folder, aQuery());
      expect(coverage.unreadable).toEqual([
        expect.stringMatching(/holds neither AWSLogs\/ nor YYYY\/MM\/DD\/HH\//),
      ]);
    },
  );

  it('firehose-constructed: finds in three shapes what plain parsing finds', async () => {
    const truth = recordsOf('firehose-constructed');
    const users = new Set(
      truth.map(({ userIdentity }) => userOf(userIdentity)),
    );
    users.delete(undefined);
    expect(users.size).toBeGreaterThan(0);
    const uses = await withSource('firehose-constructed', source =>
      source.searchUses(
        {
          partition: 'aws',
          accountIds: ['123837392027'],
          roleArns: [],
          userArns: [...users] as string[],
          from: Date.parse('2023-07-10T00:00:00Z'),
          to: Date.parse('2023-07-11T00:00:00Z'),
        },
        { signal },
      ),
    );
    const expected = truth.filter(
      ({ eventName, userIdentity }) =>
        ['AssumeRole', 'GetSessionToken', 'ConsoleLogin'].includes(
          String(eventName),
        ) && users.has(userOf(userIdentity)),
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(idsOf(uses.records)).toEqual(idsOf(expected));
    expect(uses.coverage.unreadable).toEqual([]);
    expect(uses.coverage.filesRead).toBe(3);
    expect(uses.coverage.regions).toEqual(
      [...new Set(truth.map(({ awsRegion }) => awsRegion))].sort(),
    );
  });
});

function userOf(userIdentity: unknown): string | undefined {
  const { type, arn } = userIdentity as { type?: string; arn?: string };
  return type === 'IAMUser' ? arn : undefined;
}
