import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { attribute, IssuedSession } from './attribute';
import {
  assumedSession,
  callingSession,
  CloudTrailRecord,
  text,
} from './cloudTrailRecord';
import { redact } from './redact';
import { toEvent } from './toEvent';

const SAMPLES = process.env.BREAK_GLASS_CLOUDTRAIL_SAMPLES ?? '';
const samplesHere = SAMPLES !== '' && existsSync(SAMPLES);
if (!samplesHere) {
  process.stdout.write(
    'Skipped: real log files. Set BREAK_GLASS_CLOUDTRAIL_SAMPLES to their folder.\n',
  );
}

const folders = samplesHere
  ? readdirSync(SAMPLES, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name)
  : [];

/** Files that hold no records by their nature. */
const NO_LOG = /\.(json|md)$/;

/** What is in a folder: records, and the files that hold none, with the reason. */
function read(folder: string) {
  const records: CloudTrailRecord[] = [];
  const without: Record<string, string> = {};
  for (const entry of readdirSync(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (entry.isFile() && !NO_LOG.test(entry.name)) {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
      const found = recordsIn((zipped ? gunzipSync(bytes) : bytes).toString());
      records.push(...found);
      if (found.length === 0) {
        without[entry.name] = 'no records of CloudTrail';
      }
    }
  }
  return { records, without };
}

/** Records of a trail's file, of lines, or of messages of CloudWatch Logs, one behind the other. */
function recordsIn(content: string): CloudTrailRecord[] {
  return partsOf(content)
    .flatMap(part => part.Records ?? part.logEvents ?? [part])
    .map(part => (part.message ? messageOf(part.message) : part))
    .filter(record => record?.eventVersion);
}

function partsOf(content: string) {
  try {
    return [JSON.parse(content)];
  } catch {
    return content
      .split(/\n|(?<=\})(?=\{"messageType")/)
      .filter(part => part.trim() !== '')
      .map(part => JSON.parse(part));
  }
}

function messageOf(message: string): CloudTrailRecord | undefined {
  return message.startsWith('{') ? JSON.parse(message) : undefined;
}

/** Every session that a record gave out, as if it had been issued under a lease. */
function sessionsIn(records: CloudTrailRecord[]): IssuedSession[] {
  return records.flatMap(record => {
    const session = assumedSession(record);
    const roleArn = text(record, 'requestParameters', 'roleArn');
    const sessionName = text(record, 'requestParameters', 'roleSessionName');
    return session && roleArn && sessionName
      ? [{ ...session, id: session.accessKeyId, roleArn, sessionName }]
      : [];
  });
}

(samplesHere ? describe : describe.skip)('real log files', () => {
  it.each(folders)('%s loads, or says why not', folder => {
    const { records, without } = read(join(SAMPLES, folder));
    expect(records.length).toBeGreaterThan(0);
    expect(without).toEqual({});
    expect(attribute(records.map(redact), []).events).toEqual([]);
  });

  it.each(folders)('I7: in %s a session gets its own calls only', folder => {
    const records = read(join(SAMPLES, folder)).records.map(redact);
    for (const session of sessionsIn(records)) {
      const { events, chained } = attribute(records, [session]);
      const owned = new Set(
        [session, ...chained].map(each => each.accessKeyId),
      );
      const own = records.filter(record =>
        owned.has(assumedSession(record)?.accessKeyId ?? ''),
      );
      const sessions = own.map(record => {
        const { arn, createdAt } = assumedSession(record)!;
        return `${createdAt} ${arn}`;
      });
      for (const { record } of events) {
        const { arn, createdAt } = callingSession(record)!;
        expect(sessions).toContain(`${createdAt} ${arn}`);
      }
    }
  });

  it.each(folders)('every record of %s becomes an event', async folder => {
    const { records } = read(join(SAMPLES, folder));
    for (const record of records.map(redact)) {
      const event = await toEvent(
        'lease',
        { eventId: 'e', at: 0, record, sessionId: 's', chained: false },
        () => undefined,
      );
      expect(event.action).not.toBe('');
      expect(JSON.stringify(event)).not.toMatch(/"IQoJb3JpZ2lu|"FwoGZXIvYXdz/);
    }
  });
});
