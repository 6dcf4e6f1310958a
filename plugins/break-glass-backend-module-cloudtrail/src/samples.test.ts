import { cpSync, existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import {
  ACCOUNT_ID,
  idsIn,
  patient,
  Scene,
} from 'backstage-plugin-break-glass-node/testUtils';
import { EventHistoryUnderTest } from './__testUtils__/EventHistoryUnderTest';

const CONSTRUCTED =
  process.env.BREAK_GLASS_CLOUDTRAIL_SAMPLES &&
  join(process.env.BREAK_GLASS_CLOUDTRAIL_SAMPLES, 'constructed-sessions');

const samplesHere = !!CONSTRUCTED && existsSync(CONSTRUCTED);
if (!samplesHere) {
  process.stdout.write(
    'Skipped: real log files. Set BREAK_GLASS_CLOUDTRAIL_SAMPLES to their folder.\n',
  );
}

interface SampleRecord {
  eventID: string;
  eventName: string;
  eventCategory?: string;
  requestParameters: { roleSessionName?: string } | null;
}

/** All records of the samples, read with nothing of ours. */
function sampleRecords(): SampleRecord[] {
  return readdirSync(CONSTRUCTED!, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.json.gz'))
    .flatMap(name => {
      const text = gunzipSync(readFileSync(join(CONSTRUCTED!, name)));
      return JSON.parse(text.toString('utf8')).Records as SampleRecord[];
    });
}

(samplesHere ? describe : describe.skip)('real log files', () => {
  it.each(['S1', 'D1'])(
    'finds exactly the management events of session %s, and its AssumeRole record',
    async name => {
      const truth = JSON.parse(
        readFileSync(join(CONSTRUCTED!, 'expected.json'), 'utf8'),
      )[name];
      const wanted = sampleRecords().filter(
        ({ eventID, eventName, eventCategory, requestParameters }) =>
          eventCategory !== 'Data' &&
          (truth.events.includes(eventID) ||
            (eventName === 'AssumeRole' &&
              requestParameters?.roleSessionName === truth.roleSessionName)),
      );
      const opened = await EventHistoryUnderTest.open({
        now: Date.parse('2025-02-12T00:00:00Z'),
      });
      cpSync(CONSTRUCTED!, opened.sandbox.logDirectory, { recursive: true });
      const result = await opened.source.search(
        new Scene(Date.parse('2025-02-11T10:00:00Z')).query({
          roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/BreakGlass`,
          sessionName: truth.roleSessionName,
          accessKeyIds: [truth.accessKeyId],
        }),
        patient(),
      );
      await opened.close();
      expect(wanted.map(({ eventName }) => eventName)).toContain('AssumeRole');
      expect(idsIn(result)).toEqual(wanted.map(each => each.eventID).sort());
      expect(result.coverage).toMatchObject({
        regions: ['us-east-1'],
        unreadable: [],
      });
    },
  );
});
