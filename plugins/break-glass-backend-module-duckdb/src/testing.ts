import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { gzipSync } from 'zlib';
import { ActivityQuery } from 'backstage-plugin-break-glass-node';

/** Account of the tests. */
export const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/break-glass/BreakGlassAdmin`;

/** A query for bob's session on 2026-10-01, with what differs. */
export function aQuery(change: Partial<ActivityQuery> = {}): ActivityQuery {
  return {
    partition: 'aws',
    accountId: ACCOUNT,
    roleArn: ROLE,
    sessionName: 'bob@01K6F000000000000000000000',
    accessKeyIds: ['ASIAKEY0000000000001'],
    from: Date.parse('2026-10-01T10:00:00Z'),
    to: Date.parse('2026-10-01T12:00:00Z'),
    ...change,
  };
}

let serial = 0;

/** A record of a session, with what differs at the top level. */
export function aRecord(
  sessionName: string,
  change: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    eventVersion: '1.11',
    eventID: `event-${(serial += 1)}`,
    eventTime: '2026-10-01T11:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'GetBucketPolicy',
    eventCategory: 'Management',
    awsRegion: 'eu-central-1',
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/BreakGlassAdmin/${sessionName}`,
    },
    ...change,
  };
}

/** A trail's folder, deleted by `remove`. */
export class TrailFolder {
  readonly root = mkdtempSync(join(tmpdir(), "trail's é "));

  /** Delivers records as one file. @returns its name relative to the root. */
  deliver(
    records: unknown[],
    where: { day?: string; region?: string; prefix?: string } = {},
  ): string {
    return this.write(gzipSync(JSON.stringify({ Records: records })), where);
  }

  /** Writes any content under the name of a delivered file, or another. */
  write(
    content: string | Buffer,
    where: {
      day?: string;
      region?: string;
      prefix?: string;
      name?: string;
    } = {},
  ): string {
    const { day = '2026/10/01', region = 'eu-central-1', prefix = '' } = where;
    const folder = `AWSLogs/${prefix}${ACCOUNT}/CloudTrail/${region}/${day}`;
    const unique = String((serial += 1)).padStart(16, 'x');
    const name =
      where.name ??
      `${ACCOUNT}_CloudTrail_${region}_20261001T1105Z_${unique}.json.gz`;
    mkdirSync(join(this.root, folder), { recursive: true });
    writeFileSync(join(this.root, folder, name), content);
    return `${folder}/${name}`;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
