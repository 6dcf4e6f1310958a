import { writeFileSync } from 'fs';
import { gzipSync } from 'zlib';

type CloudTrailRecord = Record<string, unknown>;

/** Events in one file: about as many as CloudTrail puts into a large one. */
const PER_FILE = 2_000;

/** Calls as people make them: mostly looking, some changes, some refused. */
const CALLS = [
  { source: 's3', name: 'ListObjects' },
  { source: 's3', name: 'GetBucketPolicy' },
  { source: 'ec2', name: 'DescribeInstances' },
  { source: 'iam', name: 'ListRoles' },
  { source: 'kms', name: 'DescribeKey' },
  { source: 'logs', name: 'FilterLogEvents' },
  { source: 's3', name: 'PutBucketPolicy' },
  {
    source: 'ec2',
    name: 'RunInstances',
    error: 'Client.UnauthorizedOperation',
  },
  { source: 'secretsmanager', name: 'GetSecretValue', error: 'AccessDenied' },
  { source: 'lambda', name: 'UpdateFunctionCode' },
];

/**
 * Writes log files with many calls of one session beside those that were
 * delivered: copies of a real record with another id, time, call and size.
 * @param file - one that was delivered; the new ones lie beside it.
 */
export function writeManyRecords(
  file: string,
  like: CloudTrailRecord,
  options: { events: number; from: number; to: number },
): void {
  const { events, from, to } = options;
  for (let start = 0; start < events; start += PER_FILE) {
    const count = Math.min(PER_FILE, events - start);
    const Records = Array.from({ length: count }, (_, n) =>
      recordLike(like, start + n, from + ((to - from) * (start + n)) / events),
    );
    const unique = String(start).padStart(16, '0');
    writeFileSync(
      file.replace(/[^_]+\.json\.gz$/, `${unique}.json.gz`),
      gzipSync(JSON.stringify({ Records }), { level: 1 }),
    );
  }
}

function recordLike(
  like: CloudTrailRecord,
  n: number,
  at: number,
): CloudTrailRecord {
  const { source, name, error } = CALLS[n % CALLS.length];
  const id = n.toString(16).padStart(12, '0');
  return {
    ...like,
    eventID: `bbbbbbbb-0000-4000-8000-${id}`,
    requestID: `cccccccc-0000-4000-8000-${id}`,
    eventTime: new Date(Math.floor(at / 1_000) * 1_000)
      .toISOString()
      .replace('.000Z', 'Z'),
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    sourceIPAddress: `192.0.2.${n % 250}`,
    requestParameters: {
      bucketName: `bucket-${n % 97}`,
      prefix: `reports/2026/${id}`,
      filter: 'x'.repeat(200 + (n % 7) * 100),
    },
    resources: [
      { ARN: `arn:aws:s3:::bucket-${n % 97}/${id}`, type: 'AWS::S3::Object' },
    ],
    ...(error && {
      errorCode: error,
      errorMessage: `User is not authorized to perform: ${source}:${name} on resource ${id}`,
      responseElements: null,
    }),
  };
}
