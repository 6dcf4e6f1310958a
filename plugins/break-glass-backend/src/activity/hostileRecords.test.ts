import { isStorable } from 'backstage-plugin-break-glass-common';
import fc from 'fast-check';
import { describeDatabases } from '../testing/databases';
import { FakeClock } from '../testing/FakeClock';
import { anActiveLeaseRow, anEvidenceRow, NOON } from '../testing/rows';
import { attribute } from './attribute';
import { CloudTrailRecord } from './cloudTrailRecord';
import { reviewConfig } from './collectorTesting';
import { classify } from './classify';
import { redact } from './redact';
import { Residue } from './residue';
import { aCall, anAssumeRole, anIssued } from './testing';
import { UnderstandingService } from './understanding';

jest.setTimeout(120_000);

const BEGAN = '2026-10-01T10:00:00Z';

/** What strangers write where they can. */
const HOSTILE: unknown[] = [
  '',
  `'; DROP TABLE leases; --`,
  '<img src=x onerror=alert(1)>',
  '\u202eevil\u202c\u2066x\u2069',
  '\u0000\u0001\u001b[31mred\r\nInjected: line',
  '\ud800half',
  '=cmd|calc!A0',
  '%7B%22Effect%22',
  '{"Statement":[{"Effect":"Allow","Principal":"*"}]}',
  '{"Effect":',
  'x'.repeat(100_000),
  '__proto__',
  'constructor',
  '../../etc/passwd',
  'arn:aws:iam::*:root',
  '123456789012',
  7,
  -0,
  1e308,
  true,
  null,
  [],
  {},
  [[[]]],
  JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":1}}'),
  JSON.parse('{"toString":"x","valueOf":1,"length":-1}'),
  { items: { items: { items: [{ userId: { odd: 1 } }] } } },
];

const NAMES = [
  ...['eventSource', 'eventName', 'awsRegion', 'sourceIPAddress', 'userAgent'],
  ...['errorCode', 'errorMessage', 'requestParameters', 'responseElements'],
  ...['resources', 'eventType', 'sessionCredentialFromConsole', 'eventID'],
  ...['recipientAccountId', 'sharedEventID', 'additionalEventData'],
];

const EVENTS: CloudTrailRecord[] = [
  ['iam', 'CreateUser'],
  ['iam', 'CreateAccessKey'],
  ['iam', 'UpdateAssumeRolePolicy'],
  ['s3', 'PutBucketPolicy'],
  ['s3', 'PutBucketAcl'],
  ['ec2', 'AuthorizeSecurityGroupIngress'],
  ['ec2', 'ModifySnapshotAttribute'],
  ['ec2', 'RunInstances'],
  ['lambda', 'AddPermission20150331v2'],
  ['ssm', 'GetParameters'],
  ['sts', 'AssumeRole'],
].map(([service, eventName]) => ({
  eventSource: `${service}.amazonaws.com`,
  eventName,
}));

const deep = (levels: number) => {
  let value: unknown = 'x';
  for (let level = 0; level < levels; level++) {
    value = { deep: value };
  }
  return value;
};

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.jsonValue({ maxDepth: 5 }),
  fc.integer({ min: 1, max: 5_000 }).map(deep),
  fc.dictionary(
    fc.constantFrom(
      ...['userName', 'bucketName', 'policy', 'bucketPolicy', 'items', 'add'],
      ...['ipPermissions', 'groupId', 'accessKeyId', 'omitted', '__proto__'],
    ),
    fc.constantFrom(...HOSTILE),
  ),
);

/** A call with some fields replaced. */
const records = fc
  .tuple(
    fc.constantFrom(...EVENTS),
    fc.dictionary(fc.constantFrom(...NAMES), hostile, { maxKeys: 6 }),
  )
  .map(([event, change]) => ({ ...event, ...change }));

function attributedOf(changes: CloudTrailRecord[]) {
  const session = anIssued();
  const calls = changes.map(change =>
    redact(aCall({ ...session, createdAt: BEGAN }, change)),
  );
  const home = [anAssumeRole(session, BEGAN), ...calls];
  return attribute(home, [session]).events;
}

/** Every text of a value but for the raw record, which is data. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inside]) =>
        name === 'record' ? [] : textsOf(inside),
      )
    : [];
}

const UNSAFE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

describe('hostile records', () => {
  it('pitfall 18: whatever strangers write into a record is one safe line, in events, marks and residue', async () => {
    const lease = anActiveLeaseRow();
    const config = { roles: [], profiles: [] };
    const evidence = { networksOf: async () => [] } as never;
    await fc.assert(
      fc.asyncProperty(
        fc.array(records, { minLength: 1, maxLength: 5 }),
        async changes => {
          const residue = new Residue(lease);
          const rows = await classify(
            { config, database: { evidence } },
            lease,
            attributedOf(changes),
          );
          rows.forEach(row => residue.add(row));
          for (const shown of textsOf([rows, residue.rows()])) {
            expect(shown).not.toMatch(UNSAFE);
            expect(isStorable(shown)).toBe(true);
            expect(shown.length).toBeLessThanOrEqual(2_000);
          }
          expect(JSON.stringify(rows).length).toBeLessThan(5_000_000);
          expect(({} as { admin?: boolean }).admin).toBeUndefined();
        },
      ),
      { numRuns: 400 },
    );
  });
});

describeDatabases((_name, open) => {
  it('pitfall 18: hostile records are stored, counted and understood as they are', async () => {
    const { database } = await open();
    const lease = anActiveLeaseRow();
    await database.leases.insert(lease);
    const changes = NAMES.flatMap(name =>
      HOSTILE.filter(value => value !== HOSTILE[10]).map((value, index) => ({
        ...EVENTS[index % EVENTS.length],
        [name]: value,
      })),
    );
    const config = reviewConfig();
    const rows = await classify(
      { config, database },
      lease,
      attributedOf(changes),
    );
    await database.activity.upsert(rows);
    await database.evidence.put(anEvidenceRow({ leaseId: lease.id }));
    const residue = new Residue(lease);
    rows.forEach(row => residue.add(row));
    await database.residue.put(lease.id, residue.rows());

    const stored = [];
    for await (const row of database.activity.all(lease.id)) {
      stored.push(row);
    }
    expect(JSON.stringify(stored)).toBe(JSON.stringify(rows));
    const service = new UnderstandingService({
      config,
      database,
      clock: new FakeClock(NOON),
    });
    const understanding = await service.understand(lease);
    const total = understanding.services.reduce(
      (n, each) => n + each.events,
      0,
    );
    expect(total).toBe(rows.length);
    expect(understanding.residue).toHaveLength(residue.rows().length);
    expect(textsOf(understanding).join('')).not.toMatch(UNSAFE);
  });
});
