import {
  CloudTrailClient,
  LookupAttributeKey,
  LookupEventsCommand,
  LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail';
import { CreateUserCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import {
  ADMIN,
  BROKER,
  failureOf,
  Keys,
  TestSandbox,
} from '../../__testUtils__/sandbox';

const READER = 'arn:aws:iam::111122223333:role/break-glass/ActivityReader';

let aws: TestSandbox;
let reader: Keys;

beforeEach(async () => {
  aws = await TestSandbox.start();
  reader = await aws.assume({
    RoleArn: READER,
    RoleSessionName: 'break-glass',
  });
});

afterEach(() => aws.stop());

async function lookup(
  input: LookupEventsCommandInput = {},
  region = 'eu-central-1',
  keys: Keys = reader,
) {
  await aws.sandbox.deliverNow();
  // The quota has a test of its own.
  aws.clock.advance(1);
  return aws.cloudtrail(keys, region).send(new LookupEventsCommand(input));
}

const by = (AttributeKey: LookupAttributeKey, AttributeValue: string) => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
});

const record = (eventTime: string, more: Record<string, unknown> = {}) => ({
  eventVersion: '1.11',
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/BreakGlassAdmin/bob@01A',
    accessKeyId: 'ASIAEXAMPLE0000000A1',
  },
  eventTime,
  eventSource: 's3.amazonaws.com',
  eventName: 'ListBuckets',
  awsRegion: 'eu-central-1',
  eventID: `id-${eventTime}`,
  readOnly: true,
  managementEvent: true,
  eventCategory: 'Management',
  recipientAccountId: '111122223333',
  ...more,
});

const idsOf = async (input: LookupEventsCommandInput, region?: string) =>
  (await lookup(input, region)).Events!.map(event => event.EventId);

it('gives the events of a session by its name, with the record as text', async () => {
  const keys = await aws.assume({ RoleSessionName: 'mary@01LEASE' });
  await aws.s3(keys).send(new ListBucketsCommand({}));
  const { Events } = await lookup(by('Username', 'mary@01LEASE'));
  expect(Events).toHaveLength(1);
  const [event] = Events!;
  expect(event).toMatchObject({
    EventName: 'ListBuckets',
    EventSource: 's3.amazonaws.com',
    ReadOnly: 'true',
    Username: 'mary@01LEASE',
    AccessKeyId: keys.accessKeyId,
  });
  expect(event.EventTime).toBeInstanceOf(Date);
  expect(JSON.parse(event.CloudTrailEvent!)).toEqual(
    (await aws.records('111122223333')).find(r => r.eventID === event.EventId),
  );
});

it('pitfall 17: a name finds itself only, not a longer one', async () => {
  await aws.sandbox.deliverRecords([
    record('2026-11-05T10:00:00Z', { eventID: 'bob' }),
    record('2026-11-05T10:00:01Z', {
      eventID: 'bob2',
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::111122223333:assumed-role/R/bob@01AB',
      },
    }),
  ]);
  expect(await idsOf(by('Username', 'bob@01A'))).toEqual(['bob']);
});

it('finds AssumeRole by role, by session and by the key that it issued', async () => {
  const keys = await aws.assume();
  const role = (await lookup(by('ResourceName', ADMIN))).Events!;
  expect(role.map(event => event.EventName)).toEqual(['AssumeRole']);
  for (const name of [
    'BreakGlassAdmin',
    'arn:aws:sts::111122223333:assumed-role/BreakGlassAdmin/mary@01LEASE',
    keys.accessKeyId,
  ]) {
    expect(await idsOf(by('ResourceName', name))).toEqual([role[0].EventId]);
  }
  // Another account's caller has no name and no key here.
  expect(role[0].Username).toBeUndefined();
  expect(role[0].AccessKeyId).toBeUndefined();
});

it('finds events by name, source, key, id, kind and type', async () => {
  const keys = await aws.assume();
  await aws.s3(keys).send(new ListBucketsCommand({}));
  const [list] = await idsOf(by('EventName', 'ListBuckets'));
  expect(await idsOf(by('EventSource', 's3.amazonaws.com'))).toEqual([list]);
  expect(await idsOf(by('AccessKeyId', keys.accessKeyId))).toEqual([list]);
  expect(await idsOf(by('EventId', list!))).toEqual([list]);
  expect(await idsOf(by('ResourceType', 'AWS::S3::Bucket'))).toEqual([]);
  expect(await idsOf(by('ReadOnly', 'true'))).toContain(list);
  expect(await idsOf(by('ReadOnly', 'false'))).toEqual([]);
});

it("answers for the caller's account and the region of the request only", async () => {
  await failureOf(
    aws
      .iam(await aws.assume())
      .send(new CreateUserCommand({ UserName: 'lasting' })),
  );
  const created = by('EventName', 'CreateUser');
  expect(await idsOf(created)).toEqual([]);
  expect(await idsOf(created, 'us-east-1')).toHaveLength(1);
  const other = await aws.assume({
    RoleArn: READER.replace('111122223333', '333344445555'),
  });
  const { Events } = await lookup(created, 'us-east-1', other);
  expect(Events).toEqual([]);
});

it('holds no data events', async () => {
  await aws.sandbox.deliverRecords([
    record('2026-11-05T10:00:00Z', { eventCategory: 'Data', eventID: 'data' }),
    record('2026-11-05T10:00:00Z', { eventID: 'management' }),
  ]);
  expect(await idsOf(by('Username', 'bob@01A'))).toEqual(['management']);
});

it('reaches back 90 days, to the second', async () => {
  // One second goes by before the look-up.
  await aws.sandbox.deliverRecords([
    record('2026-08-07T12:00:00Z', { eventID: 'too old' }),
    record('2026-08-07T12:00:01Z', { eventID: 'oldest' }),
  ]);
  expect(await idsOf(by('Username', 'bob@01A'))).toEqual(['oldest']);
});

it('keeps to the times of the look-up, both included', async () => {
  const times = ['10:00:00', '10:00:01', '10:00:02', '10:00:03'];
  await aws.sandbox.deliverRecords(
    times.map(time => record(`2026-11-05T${time}Z`, { eventID: time })),
  );
  expect(
    await idsOf({
      ...by('Username', 'bob@01A'),
      StartTime: new Date('2026-11-05T10:00:01Z'),
      EndTime: new Date('2026-11-05T10:00:02Z'),
    }),
  ).toEqual(['10:00:02', '10:00:01']);
});

it('shows what is delivered twice once', async () => {
  await aws.sandbox.deliverRecords([record('2026-11-05T10:00:00Z')]);
  await aws.sandbox.deliverRecords([record('2026-11-05T10:00:00Z')]);
  expect(await idsOf(by('Username', 'bob@01A'))).toHaveLength(1);
});

it('pages newest first, and late events do not shift the pages', async () => {
  const at = (second: number) =>
    `2026-11-05T10:00:${String(second).padStart(2, '0')}Z`;
  await aws.sandbox.deliverRecords(
    Array.from({ length: 55 }, (_, n) => record(at(n), { eventID: `e${n}` })),
  );
  const query = by('Username', 'bob@01A');
  const first = await lookup(query);
  expect(first.Events).toHaveLength(50);
  expect(first.Events![0].EventId).toBe('e54');
  await aws.sandbox.deliverRecords([record(at(59), { eventID: 'late' })]);
  const NextToken = first.NextToken!;
  const second = await lookup({ ...query, NextToken });
  expect(second.Events!.map(e => e.EventId)).toEqual([
    'e4',
    'e3',
    'e2',
    'e1',
    'e0',
  ]);
  expect(second.NextToken).toBeUndefined();
  expect(
    await failureOf(lookup({ ...by('Username', 'eve'), NextToken })),
  ).toMatchObject({ code: 'InvalidNextTokenException' });
});

it.each<[string, LookupEventsCommandInput, string]>([
  [
    'two attributes',
    {
      LookupAttributes: [
        { AttributeKey: 'Username', AttributeValue: 'a' },
        { AttributeKey: 'EventName', AttributeValue: 'b' },
      ],
    },
    'InvalidLookupAttributesException',
  ],
  [
    'an unknown attribute',
    by('UserAgent' as LookupAttributeKey, 'x'),
    'InvalidLookupAttributesException',
  ],
  ['51 events', { MaxResults: 51 }, 'InvalidMaxResultsException'],
  ['a strange token', { NextToken: 'x' }, 'InvalidNextTokenException'],
  [
    'an end before the start',
    { StartTime: new Date(2_000_000), EndTime: new Date(1_000_000) },
    'InvalidTimeRangeException',
  ],
])('refuses %s', async (_, input, code) => {
  expect(await failureOf(lookup(input))).toMatchObject({ code });
});

it('lets two calls a second through, per account and region', async () => {
  await aws.sandbox.deliverNow();
  const call = (client: CloudTrailClient) =>
    client.send(new LookupEventsCommand({}));
  const here = aws.cloudtrail(reader);
  await call(here);
  await call(here);
  expect(await failureOf(call(here))).toMatchObject({
    code: 'ThrottlingException',
    message: 'Rate exceeded',
  });
  await call(aws.cloudtrail(reader, 'us-east-1'));
  aws.clock.advance(0.5);
  await call(here);
  expect(await failureOf(call(here))).toMatchObject({
    code: 'ThrottlingException',
  });
});

it('the reader role may look up events and nothing else; the broker has no events of its own to read', async () => {
  expect(
    await failureOf(aws.s3(reader).send(new ListBucketsCommand({}))),
  ).toMatchObject({ code: 'AccessDenied' });
  expect(await failureOf(lookup({}, 'eu-central-1', BROKER))).toMatchObject({
    code: 'AccessDeniedException',
  });
});
