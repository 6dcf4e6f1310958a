import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  QueryExecutionState,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeClock } from '../../testing/FakeClock';
import { AthenaCalls } from './AthenaCalls';
import { AthenaClients } from './AthenaClients';
import { QueryRunner } from './QueryRunner';
import { aLog } from './testing/aLog';
import { BROKER_CREDENTIALS } from './testing/SandboxAthena';

const aws = mockClient(AthenaClient);
const log = aLog();
const STATEMENT = { sql: 'SELECT a FROM t WHERE b = ?', parameters: ["'x'"] };

let waits: number[];
let onWait: () => void;
let runner: QueryRunner;

beforeEach(() => {
  aws.reset();
  waits = [];
  onWait = () => {};
  const clock = new FakeClock();
  const wait = async (ms: number, signal: AbortSignal) => {
    waits.push(ms);
    clock.advance({ seconds: ms / 1_000 });
    onWait();
    signal.throwIfAborted();
  };
  const clients = new AthenaClients(BROKER_CREDENTIALS, clock);
  const calls = new AthenaCalls({ clients, wait, random: () => 0 });
  runner = new QueryRunner({ calls, clock, wait });
  aws.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'q1' });
  aws.on(StopQueryExecutionCommand).resolves({});
  results([['a'], ['1']]);
});

const run = (signal = new AbortController().signal, look = 'look 1') =>
  runner.run(log, STATEMENT, look, signal);

const row = (cells: (string | undefined)[]) => ({
  Data: cells.map(VarCharValue => ({ VarCharValue })),
});

function results(...pages: (string | undefined)[][][]): void {
  pages.forEach((rows, index) => {
    const NextToken =
      index + 1 < pages.length ? `page ${index + 1}` : undefined;
    aws
      .on(GetQueryResultsCommand, {
        NextToken: index ? `page ${index}` : undefined,
      })
      .resolves({ ResultSet: { Rows: rows.map(row) }, NextToken });
  });
}

function states(...given: (QueryExecutionState | [string, string, number?])[]) {
  let chain = aws.on(GetQueryExecutionCommand);
  for (const each of given) {
    const [state, reason, bytes] = Array.isArray(each) ? each : [each, ''];
    chain = chain.resolvesOnce({
      QueryExecution: {
        Status: {
          State: state as QueryExecutionState,
          StateChangeReason: reason,
        },
        Statistics: { DataScannedInBytes: bytes ?? 42 },
      },
    });
  }
}

const stopped = async () => {
  await runner.settled();
  return aws
    .commandCalls(StopQueryExecutionCommand)
    .map(({ args }) => args[0].input.QueryExecutionId);
};

const failing = (name: string, status = 400) =>
  Object.assign(new Error('hostile <b>text</b>'), {
    name,
    $metadata: { httpStatusCode: status },
  });

describe('a query', () => {
  it('is sent with its values apart, for the table’s place, without old results', async () => {
    states('SUCCEEDED');
    await run();
    const [{ args }] = aws.commandCalls(StartQueryExecutionCommand);
    expect(args[0].input).toEqual({
      QueryString: STATEMENT.sql,
      ExecutionParameters: ["'x'"],
      ClientRequestToken: expect.stringMatching(/^[0-9a-f]{64}$/),
      QueryExecutionContext: {
        Catalog: 'AwsDataCatalog',
        Database: 'cloudtrail',
      },
      WorkGroup: 'break-glass',
      ResultReuseConfiguration: {
        ResultReuseByAgeConfiguration: { Enabled: false },
      },
    });
  });

  it('pitfall 19: has the token of its look, so that the next look is a query of its own', async () => {
    states('SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED');
    await run();
    await run();
    await run(undefined, 'look 2');
    const [first, again, next] = aws
      .commandCalls(StartQueryExecutionCommand)
      .map(({ args }) => args[0].input.ClientRequestToken);
    expect(again).toBe(first);
    expect(next).not.toBe(first);
  });

  it('pitfall 21: is looked at ever more seldom, from 0.2 s to 5 s', async () => {
    states(...Array(8).fill('RUNNING'), 'SUCCEEDED');
    await run();
    expect(waits).toEqual([
      200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000, 5_000,
    ]);
  });

  it('pitfall 21: gives the rows of every page, without the names of the columns, NULL apart from empty', async () => {
    states('SUCCEEDED');
    results([['a'], ['1'], [undefined]], [['']], [['a'], ['2']]);
    expect(await run()).toEqual({
      rows: [['1'], [undefined], [''], ['a'], ['2']],
      bytesScanned: 42,
      truncated: false,
    });
    expect(
      aws.commandCalls(GetQueryResultsCommand)[0].args[0].input.MaxResults,
    ).toBe(1_000);
  });

  it('pitfall 21: gives nothing where nothing was found', async () => {
    states('SUCCEEDED');
    results([['a']]);
    expect((await run()).rows).toEqual([]);
  });
});

describe('a query that gives no result', () => {
  it.each([
    ['COLUMN_NOT_FOUND: line 1:8: x', /other columns than it should.*DDL/],
    ['TABLE_NOT_FOUND: line 1:8: x', /there is no such table.*DDL/],
    ['SCHEMA_NOT_FOUND: line 1:8: x', /there is no such table/],
    ['CONSTRAINT_VIOLATION: Injected', /projection.*TBLPROPERTIES/],
    ['Insufficient permissions to execute the query. x', /may not read/],
    ['HIVE_BAD_DATA: Error parsing field value', /file of the log/],
    ['Query cancelled! : Bytes scanned limit was exceeded', /data limit/],
    ['GENERIC_INTERNAL_ERROR: secret', /failed \(GENERIC_INTERNAL_ERROR\)/],
    ['no code <script>', /Athena failed\. Look again/],
  ])('pitfall 21: of %s says why, and what to do', async (reason, words) => {
    states(['FAILED', reason]);
    const error = await run().catch(each => each);
    expect(error).toMatchObject({
      name: 'ServiceUnavailableError',
      code: 'log-source-unavailable',
      message: expect.stringMatching(words),
    });
    expect(error.message).toContain('The query is q1.');
    expect(error.message).not.toMatch(/secret|script|field value/);
  });

  it('pitfall 21: says that it was cancelled', async () => {
    states(['CANCELLED', 'Query cancelled by user']);
    await expect(run()).rejects.toThrow(/cancelled it. Look again/);
  });

  it('pitfall 21: is stopped where it takes too long', async () => {
    states(...Array(40).fill('RUNNING'));
    await expect(run()).rejects.toThrow('given up after 120 s');
    expect(await stopped()).toEqual(['q1']);
  });

  it('is stopped where it scans more than is allowed, even if it just ended', async () => {
    states(['RUNNING', '', 1_024], ['SUCCEEDED', '', 101 * 1_024 ** 3]);
    await expect(run()).rejects.toThrow('after it scanned 102400 MB');
    expect(await stopped()).toEqual(['q1']);
  });

  it('keeps no more rows than memory takes', async () => {
    states('SUCCEEDED');
    results(Array(500_002).fill(['1']));
    await expect(run()).rejects.toThrow('more than 500000 records');
  });
});

describe('giving up', () => {
  it('pitfall 21: stops a query that runs', async () => {
    const controller = new AbortController();
    states('RUNNING', 'RUNNING');
    onWait = () => {
      if (waits.length === 2) {
        controller.abort(new Error('given up'));
      }
    };
    await expect(run(controller.signal)).rejects.toThrow('given up');
    expect(await stopped()).toEqual(['q1']);
  });

  it('pitfall 21: stops a query whose start is not answered yet', async () => {
    const controller = new AbortController();
    let answer = (_: object) => {};
    aws.on(StartQueryExecutionCommand).callsFake(() => {
      controller.abort(new Error('given up'));
      return new Promise(resolve => {
        answer = resolve;
      });
    });
    await expect(run(controller.signal)).rejects.toThrow('given up');
    answer({ QueryExecutionId: 'q7' });
    expect(await stopped()).toEqual(['q7']);
  });

  it('leaves a query alone that ended', async () => {
    const controller = new AbortController();
    states('SUCCEEDED');
    aws.on(GetQueryResultsCommand).callsFake(() => {
      controller.abort(new Error('given up'));
      throw failing('AbortError');
    });
    await expect(run(controller.signal)).rejects.toThrow('given up');
    expect(await stopped()).toEqual([]);
  });
});

describe('a call', () => {
  it.each(['TooManyRequestsException', 'ThrottlingException'])(
    'that is throttled (%s) is made again, with the same token, ever later',
    async name => {
      states('SUCCEEDED');
      aws
        .on(StartQueryExecutionCommand)
        .rejectsOnce(failing(name))
        .rejectsOnce(failing('InternalServerException', 500))
        .resolves({ QueryExecutionId: 'q1' });
      await run();
      expect(waits).toEqual([500, 1_000, 200]);
      const tokens = aws
        .commandCalls(StartQueryExecutionCommand)
        .map(({ args }) => args[0].input.ClientRequestToken);
      expect(new Set(tokens).size).toBe(1);
      expect(tokens).toHaveLength(3);
    },
  );

  it('that stays throttled is given up with the cause', async () => {
    aws
      .on(StartQueryExecutionCommand)
      .rejects(failing('TooManyRequestsException'));
    await expect(run()).rejects.toThrow(
      /TooManyRequestsException.*higher quota/,
    );
    expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it.each([
    ['AccessDeniedException', /Allow athena:StartQueryExecution to/],
    ['InvalidRequestException', /Check that the workgroup break-glass/],
    ['ExpiredTokenException', /renew them under aws.accounts/],
  ])(
    'that AWS refuses (%s) is not repeated, and says what to do',
    async (name, words) => {
      aws.on(StartQueryExecutionCommand).rejects(failing(name));
      const error = await run().catch(each => each);
      expect(error).toMatchObject({
        code: 'log-source-unavailable',
        message: expect.stringMatching(words),
      });
      expect(error.message).not.toContain('hostile');
      expect(waits).toEqual([]);
    },
  );
});
