import {
  GetQueryResultsCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import {
  describeQuery,
  runQuery,
  startQuery,
} from '../../__testUtils__/athenaQuery';
import { failureOf, TestSandbox } from '../../__testUtils__/sandbox';

let aws: TestSandbox;

afterEach(() => aws.stop());

const results = (QueryExecutionId: string) =>
  aws.athena().send(new GetQueryResultsCommand({ QueryExecutionId }));
const stop = (QueryExecutionId: string) =>
  aws.athena().send(new StopQueryExecutionCommand({ QueryExecutionId }));

describe('a query that waits and runs by the clock', () => {
  beforeEach(async () => {
    aws = await TestSandbox.start({
      athena: { queuedMs: 2_000, runningMs: 3_000 },
    });
  });

  it('is queued, runs and succeeds', async () => {
    const id = await startQuery(aws, 'SELECT 1');
    const state = async () => (await describeQuery(aws, id)).Status!.State;
    expect(await state()).toBe('QUEUED');
    aws.clock.advance(2);
    expect(await state()).toBe('RUNNING');
    expect(await failureOf(results(id))).toMatchObject({
      code: 'InvalidRequestException',
      message: 'Query has not yet finished. Current state: RUNNING',
    });
    aws.clock.advance(3);
    const { Status, Query, Statistics } = await describeQuery(aws, id);
    expect(Status).toMatchObject({
      State: 'SUCCEEDED',
      SubmissionDateTime: new Date('2026-11-05T12:00:00Z'),
      CompletionDateTime: new Date('2026-11-05T12:00:05Z'),
    });
    expect(Query).toBe('SELECT 1');
    expect(Statistics).toMatchObject({
      TotalExecutionTimeInMillis: 5_000,
      ResultReuseInformation: { ReusedPreviousResult: false },
    });
  });

  it('can be stopped before it ends, and stays stopped', async () => {
    const id = await startQuery(aws, 'SELECT 1');
    await stop(id);
    aws.clock.advance(60);
    expect((await describeQuery(aws, id)).Status).toMatchObject({
      State: 'CANCELLED',
      StateChangeReason: 'Query cancelled by user',
    });
    expect(await failureOf(results(id))).toMatchObject({
      message:
        'Query did not finish successfully. Final query state: CANCELLED',
    });
  });

  it('takes longer where a fault says so', async () => {
    aws.sandbox.faults.inject({
      effect: 'query-slow',
      delayMs: 60_000,
      times: 1,
    });
    const slow = await startQuery(aws, 'SELECT 1');
    const quick = await startQuery(aws, 'SELECT 1');
    aws.clock.advance(5);
    expect((await describeQuery(aws, slow)).Status!.State).toBe('RUNNING');
    expect((await describeQuery(aws, quick)).Status!.State).toBe('SUCCEEDED');
    aws.clock.advance(60);
    expect((await describeQuery(aws, slow)).Status!.State).toBe('SUCCEEDED');
  });
});

describe('a query that runs at once', () => {
  beforeEach(async () => {
    aws = await TestSandbox.start();
  });

  it('that has ended is not stopped any more', async () => {
    const id = await startQuery(aws, 'SELECT 1');
    await stop(id);
    expect((await describeQuery(aws, id)).Status!.State).toBe('SUCCEEDED');
  });

  it('fails where a fault says so', async () => {
    aws.sandbox.faults.inject({ effect: 'query-fails', times: 1 });
    expect(await runQuery(aws, 'SELECT 1')).toMatchObject({
      state: 'FAILED',
      reason: 'GENERIC_INTERNAL_ERROR: the query failed on purpose',
    });
    expect(await runQuery(aws, 'SELECT 1')).toMatchObject({
      state: 'SUCCEEDED',
    });
  });

  it('is cancelled where a fault says so', async () => {
    aws.sandbox.faults.inject({ effect: 'query-cancelled', times: 1 });
    expect(await runQuery(aws, 'SELECT 1')).toMatchObject({
      state: 'CANCELLED',
      reason: 'Query was cancelled by service',
    });
  });

  it('throttles more than 100 questions a second, each kind by itself', async () => {
    const id = await startQuery(aws, 'SELECT 1');
    for (let n = 0; n < 100; n += 1) await describeQuery(aws, id);
    expect(await failureOf(describeQuery(aws, id))).toMatchObject({
      code: 'ThrottlingException',
    });
    for (let n = 0; n < 100; n += 1) await results(id);
    expect(await failureOf(results(id))).toMatchObject({
      code: 'ThrottlingException',
    });
  });

  it('of which nobody knows the workgroup is refused to who may see one workgroup', async () => {
    expect(await failureOf(describeQuery(aws, 'nobody'))).toMatchObject({
      code: 'AccessDeniedException',
    });
  });
});
