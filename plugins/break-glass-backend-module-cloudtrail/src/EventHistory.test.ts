import {
  CloudTrailClient,
  CloudTrailServiceException,
  LookupEventsCommand,
} from '@aws-sdk/client-cloudtrail';
import { ServiceUnavailableError } from '@backstage/errors';
import { mockClient } from 'aws-sdk-client-mock';
import { TestClock } from './__testUtils__/TestClock';
import { AwsClients } from './AwsClients';
import { EventHistory } from './EventHistory';
import { ReaderCredentials } from './ReaderCredentials';

const signal = new AbortController().signal;
const place = {
  partition: 'aws' as const,
  accountId: '111122223333',
  region: 'eu-central-1',
};
const lookup = {
  attribute: { key: 'Username' as const, value: 'bob' },
  from: Date.parse('2026-10-01T10:00:00Z'),
  to: Date.parse('2026-10-01T12:00:00Z'),
};

const event = (eventID: string) => ({
  CloudTrailEvent: JSON.stringify({ eventID }),
});

function aFailure(name: string, status = 400) {
  return new CloudTrailServiceException({
    name,
    message: 'text of AWS',
    $fault: 'client',
    $metadata: { httpStatusCode: status },
  });
}

describe('EventHistory', () => {
  const cloudTrail = mockClient(CloudTrailClient);
  let clock: TestClock;
  let forgotten: number;
  let closed: Error | undefined;
  let history: EventHistory;

  beforeEach(() => {
    cloudTrail.reset();
    clock = new TestClock(0);
    forgotten = 0;
    closed = undefined;
    const credentials: Pick<ReaderCredentials, 'of' | 'forget'> = {
      of: async () => {
        if (closed) {
          throw closed;
        }
        return { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' };
      },
      forget: () => {
        forgotten += 1;
      },
    };
    history = new EventHistory({
      options: {
        readerRoleArn: '',
        callsPerSecond: 2,
        maxPages: 3,
        externalIds: {},
        partitions: {},
      },
      clients: new AwsClients(clock),
      credentials: credentials as ReaderCredentials,
      clock,
      wait: clock.wait,
      random: () => 0,
    });
  });
  afterAll(() => cloudTrail.restore());

  const inputs = () =>
    cloudTrail
      .commandCalls(LookupEventsCommand)
      .map(call => call.args[0].input);

  it('asks for whole seconds, both ends included, 50 events at once', async () => {
    cloudTrail.on(LookupEventsCommand).resolves({ Events: [] });
    const { from, to } = lookup;
    await history.lookup(
      place,
      { ...lookup, from: from + 1, to: to + 1 },
      signal,
    );
    await history.lookup(place, lookup, signal);
    expect(inputs()).toEqual([
      {
        LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'bob' }],
        StartTime: new Date('2026-10-01T10:00:00Z'),
        EndTime: new Date('2026-10-01T12:00:00Z'),
        MaxResults: 50,
        NextToken: undefined,
      },
      expect.objectContaining({ EndTime: new Date('2026-10-01T11:59:59Z') }),
    ]);
  });

  it('pitfall 21: reads page after page, empty ones too', async () => {
    cloudTrail
      .on(LookupEventsCommand)
      .resolvesOnce({ Events: [event('1')], NextToken: 'a' })
      .resolvesOnce({ NextToken: 'b' })
      .resolvesOnce({ Events: [event('2')] });
    expect(await history.lookup(place, lookup, signal)).toEqual({
      records: [{ eventID: '1' }, { eventID: '2' }],
      broken: 0,
      cut: false,
    });
    expect(inputs().map(({ NextToken }) => NextToken)).toEqual([
      undefined,
      'a',
      'b',
    ]);
  });

  it('pitfall 21: stops at the most pages, and says so', async () => {
    cloudTrail
      .on(LookupEventsCommand)
      .resolves({ Events: [event('1')], NextToken: 'more' });
    const found = await history.lookup(place, lookup, signal);
    expect(found).toMatchObject({ cut: true });
    expect(found.records).toHaveLength(3);
  });

  it('counts events whose record cannot be read', async () => {
    const texts = ['{"eventID":', '[]', '"x"', 'null', undefined, '{}'];
    cloudTrail.on(LookupEventsCommand).resolves({
      Events: texts.map(CloudTrailEvent => ({ CloudTrailEvent })),
    });
    expect(await history.lookup(place, lookup, signal)).toMatchObject({
      records: [{}],
      broken: 5,
    });
  });

  it('keeps the pace over lookups of one account and region, and only there', async () => {
    const times: Record<string, number[]> = {};
    const ask = async (region: string) => {
      await history.lookup({ ...place, region }, lookup, signal);
      times[region] = [...(times[region] ?? []), clock.now()];
    };
    cloudTrail.on(LookupEventsCommand).resolves({});
    await ask('eu-central-1');
    await ask('eu-central-1');
    await ask('us-east-1');
    await ask('eu-central-1');
    expect(times).toEqual({
      'eu-central-1': [0, 500, 1_000],
      'us-east-1': [500],
    });
  });

  it('backs off, twice as long each time, where AWS throttles', async () => {
    cloudTrail
      .on(LookupEventsCommand)
      .rejectsOnce(aFailure('ThrottlingException'))
      .rejectsOnce(aFailure('ThrottlingException'))
      .resolves({ Events: [event('1')] });
    const { records } = await history.lookup(place, lookup, signal);
    expect(records).toHaveLength(1);
    expect(clock.waits).toEqual([1_000, 2_000]);
  });

  it.each([
    ['ThrottlingException', 400, 5],
    ['InternalFailure', 500, 5],
    ['AccessDeniedException', 400, 1],
    ['UnrecognizedClientException', 400, 1],
    ['InvalidTimeRangeException', 400, 1],
  ])('makes of %s (%s) %s attempts', async (name, status, attempts) => {
    cloudTrail.on(LookupEventsCommand).rejects(aFailure(name, status));
    await expect(history.lookup(place, lookup, signal)).rejects.toMatchObject({
      name,
    });
    expect(inputs()).toHaveLength(attempts);
  });

  it('takes new credentials where AWS calls the old ones expired', async () => {
    cloudTrail
      .on(LookupEventsCommand)
      .rejectsOnce(aFailure('ExpiredTokenException'))
      .resolves({});
    await history.lookup(place, lookup, signal);
    expect(forgotten).toBe(1);
  });

  it('asks nothing where the reader role cannot be assumed', async () => {
    closed = new ServiceUnavailableError('not trusted');
    await expect(history.lookup(place, lookup, signal)).rejects.toThrow(
      'not trusted',
    );
    expect(inputs()).toEqual([]);
    expect(clock.waits).toEqual([]);
  });

  it('finds out with one event whether there is any', async () => {
    cloudTrail
      .on(LookupEventsCommand)
      .resolvesOnce({ Events: [], NextToken: 'a' })
      .resolvesOnce({ Events: [event('1')], NextToken: 'b' })
      .resolves({});
    const { from } = lookup;
    expect(await history.holdsAny(place, { from }, signal)).toBe(true);
    expect(await history.holdsAny(place, { from }, signal)).toBe(false);
    expect(inputs()[0]).toMatchObject({
      LookupAttributes: undefined,
      EndTime: undefined,
      MaxResults: 1,
    });
  });
});
