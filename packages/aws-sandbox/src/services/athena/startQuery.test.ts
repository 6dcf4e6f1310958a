import {
  GetQueryResultsCommand,
  StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import { startQuery } from '../../__testUtils__/athenaQuery';
import { BROKER, failureOf, TestSandbox } from '../../__testUtils__/sandbox';
import { demoAthena } from '../../athena/demoAthena';
import { demoWorld } from '../../world/demoWorld';

const TOKEN = 'a'.repeat(32);
const SELECT = 'SELECT 1';

let aws: TestSandbox;

beforeEach(async () => {
  const catalogs = demoAthena();
  const { outputLocation } = catalogs[0].workGroups[0];
  catalogs[0].workGroups.push(
    { name: 'closed', disabled: true, outputLocation },
    { name: 'bare' },
    { name: 'free', enforceConfiguration: false },
  );
  const world = demoWorld();
  const broker = world.accounts
    .flatMap(account => account.users ?? [])
    .find(user => user.keys?.[0].accessKeyId === BROKER.accessKeyId)!;
  broker.inline!.AllOfAthena = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'athena:*', Resource: '*' }],
  };
  aws = await TestSandbox.start({ world, athena: { catalogs } });
});

afterEach(() => aws.stop());

const start = (more: Partial<StartQueryExecutionCommandInput>, sql = SELECT) =>
  startQuery(aws, sql, [], more);

it('the same token with the same request gives the same query', async () => {
  const first = await start({ ClientRequestToken: TOKEN });
  expect(await start({ ClientRequestToken: TOKEN })).toBe(first);
  expect(await start({ ClientRequestToken: `${TOKEN}b` })).not.toBe(first);
});

it('the same token with another request is refused', async () => {
  await start({ ClientRequestToken: TOKEN });
  expect(
    await failureOf(start({ ClientRequestToken: TOKEN }, 'SELECT 2')),
  ).toEqual({
    code: 'InvalidRequestException',
    message: 'Idempotent parameters do not match',
    status: 400,
  });
  expect(
    await failureOf(
      startQuery(aws, 'SELECT 1', ["'x'"], { ClientRequestToken: TOKEN }),
    ),
  ).toMatchObject({ code: 'InvalidRequestException' });
});

it.each<[string, Partial<StartQueryExecutionCommandInput>, string]>([
  ['a token of 31', { ClientRequestToken: 'a'.repeat(31) }, 'ClientRequestTok'],
  ['a token of 129', { ClientRequestToken: 'a'.repeat(129) }, 'ClientRequestT'],
  ['an empty parameter', { ExecutionParameters: [''] }, '1 to 1024'],
  [
    'a parameter of 1,025',
    { ExecutionParameters: ['1'.repeat(1_025)] },
    '1 to 1024',
  ],
  ['a missing workgroup', { WorkGroup: 'nobody' }, 'nobody is not found'],
  ['a disabled workgroup', { WorkGroup: 'closed' }, 'closed is disabled'],
  ['no place for results', { WorkGroup: 'bare' }, 'No output location'],
  [
    'a place of its own where the workgroup decides',
    {
      WorkGroup: 'bare',
      ResultConfiguration: { OutputLocation: 's3://mine/x/' },
    },
    'No output location',
  ],
  [
    'a query of 262,145 bytes',
    { QueryString: `SELECT '${'é'.repeat(131_068)}'` },
    '262144',
  ],
  ['DDL', { QueryString: 'DROP TABLE trail' }, 'not supported'],
  ['INSERT', { QueryString: 'INSERT INTO trail SELECT 1' }, 'not supported'],
  ['another database', { QueryString: 'FROM trail' }, 'not supported'],
])('refuses %s', async (_, more, message) => {
  expect(await failureOf(start(more))).toEqual({
    code: 'InvalidRequestException',
    message: expect.stringContaining(message),
    status: 400,
  });
});

it('takes tokens of 32 and 128, parameters of 1,024 and queries of 262,144 bytes', async () => {
  await start({ ClientRequestToken: 'b'.repeat(32) });
  await start({ ClientRequestToken: 'b'.repeat(128) });
  await start({ ExecutionParameters: [`'${'x'.repeat(1_022)}'`] });
  const sql = `SELECT '${'x'.repeat(262_144 - 9)}'`;
  expect(Buffer.byteLength(sql)).toBe(262_144);
  await start({}, sql);
});

it('a workgroup that does not enforce lets the caller say where results go', async () => {
  const place = 's3://break-glass-athena-555566667777/results/';
  await expect(
    start({
      WorkGroup: 'free',
      ResultConfiguration: { OutputLocation: place },
    }),
  ).resolves.toBeDefined();
});

it('lets 20 starts a second through', async () => {
  const ids = Array.from({ length: 20 }, () => start({}));
  await Promise.all(ids);
  expect(await failureOf(start({}))).toEqual({
    code: 'TooManyRequestsException',
    message: 'Rate exceeded',
    status: 400,
  });
  aws.clock.advance(0.05);
  await start({});
  expect(await failureOf(start({}))).toMatchObject({
    code: 'TooManyRequestsException',
  });
});

it('does not write the query nor its parameters into the trail', async () => {
  await startQuery(aws, "SELECT 'hush' WHERE 'a' = ?", ["'mum'"]);
  const record = (await aws.records('555566667777')).find(
    r => r.eventName === 'StartQueryExecution',
  );
  expect(record).toMatchObject({
    requestParameters: { workGroup: 'break-glass' },
  });
  expect(JSON.stringify(record)).not.toMatch(/hush|mum/);
});

it('another account does not see a query', async () => {
  const id = await start({});
  const payroll = await aws.assume();
  expect(
    await failureOf(
      aws
        .athena(payroll)
        .send(new GetQueryResultsCommand({ QueryExecutionId: id })),
    ),
  ).toMatchObject({ message: `QueryExecution ${id} was not found` });
});
