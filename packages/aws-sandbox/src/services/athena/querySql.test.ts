import { writeFile } from 'node:fs/promises';
import { literal, runQuery } from '../../__testUtils__/athenaQuery';
import { TestSandbox } from '../../__testUtils__/sandbox';

let aws: TestSandbox;

const record = (eventID: string, more: Record<string, unknown> = {}) => ({
  recipientAccountId: '111122223333',
  awsRegion: 'eu-central-1',
  eventTime: '2026-11-05T10:00:00Z',
  eventID,
  ...more,
});

beforeEach(async () => {
  aws = await TestSandbox.start();
});

afterEach(() => aws.stop());

/** The first value of each row of a query that must succeed. */
async function values(sql: string, parameters: string[] = []) {
  const { reason, rows } = await runQuery(aws, sql, parameters);
  expect(reason).toBeUndefined();
  return rows.map(([first]) => first);
}

async function reasonOf(sql: string, parameters: string[] = []) {
  const { state, reason } = await runQuery(aws, sql, parameters);
  expect(state).toBe('FAILED');
  return reason;
}

describe('what Trino does not understand, DuckDB must not answer', () => {
  it.each([
    ["SELECT '1'::bigint", '::'],
    ["SELECT requestparameters ->> '$.a' FROM trail", '->>'],
    ["SELECT requestparameters -> '$.a' FROM trail", '->'],
    ['SELECT eventid FROM trail LIMIT 1 OFFSET 1', 'OFFSET'],
    ["SELECT eventid FROM trail WHERE eventid ILIKE 'a'", 'ILIKE'],
    ["SELECT eventid FROM trail WHERE eventid == 'a'", '=='],
    ["SELECT eventid FROM trail WHERE eventid ~ 'a'", '~'],
    ['SELECT * EXCLUDE (eventid) FROM trail', 'EXCLUDE'],
    ['SELECT eventid, count(*) FROM trail GROUP BY ALL', 'ALL'],
    ["SELECT E'a\\nb'", 'E'],
    ['SELECT {a: 1}', '{'],
    ['SELECT #1 FROM trail', '#'],
    ['SELECT $1', '$'],
  ])('%s', async (sql, token) => {
    expect(await reasonOf(sql)).toBe(
      `SYNTAX_ERROR: line 1:1: mismatched input '${token}'`,
    );
  });

  it.each([
    "SELECT * FROM read_json('/etc/passwd')",
    "SELECT * FROM 'AWSLogs/x.json'",
    'SELECT * FROM UNNEST([1])',
    'SELECT DISTINCT ON (eventid) eventid FROM trail',
    'SELECT eventid FROM trail USING SAMPLE 10%',
    'SELECT eventid[1:2] FROM trail',
    'SELECT COLUMNS(*) FROM trail',
    'SELECT CAST(eventid AS json) FROM trail',
    'SELECT CAST(eventid AS uuid) FROM trail',
    'SELECT eventid FROM',
    'SELECT 1; SELECT 2',
    'VALUES 1',
  ])('%s', async sql => {
    // The last is refused at the start: it is no SELECT.
    const outcome = await runQuery(aws, sql).catch(error => error);
    expect(String(outcome.reason ?? outcome.message)).toMatch(
      /^(SYNTAX_ERROR|TABLE_NOT_FOUND|Only one sql|Queries of this type)/,
    );
  });

  it.each(['getenv', 'list_transform', 'json_extract_string', 'concat'])(
    'the function %s',
    async name => {
      expect(await reasonOf(`SELECT ${name}('a', 'b')`)).toBe(
        `FUNCTION_NOT_FOUND: line 1:1: Function '${name}' not registered`,
      );
    },
  );

  it('notation inside of texts, names and comments is none', async () => {
    expect(
      await values(
        `SELECT '::' AS "a::b" -- ->>\n WHERE /* #1 */ '{' = ? AND '?' = '?'`,
        ["'{'"],
      ),
    ).toEqual(['::']);
  });
});

describe('what Trino answers differently', () => {
  it.each([
    ["split_part('a/b', '/', 2)", 'b'],
    ["split_part('a/b', '/', 3)", undefined],
    ["regexp_extract('role/mary@01', 'role/(.+)@', 1)", 'mary'],
    ["regexp_extract('abc', 'x')", undefined],
    ["CAST(regexp_like('abc', 'b') AS varchar)", 'true'],
    ['3 / 2', '1'],
    [`json_extract_scalar('{"a":{"b":"c"}}', '$.a.b')`, 'c'],
    [`json_extract_scalar('{"a":{"b":"c"}}', '$.a')`, undefined],
    [`json_extract_scalar('not json', '$.a')`, undefined],
    [`json_extract_scalar('{"a":null}', '$.a')`, undefined],
  ])('%s is %s', async (expression, expected) => {
    expect(await values(`SELECT ${expression}`)).toEqual([expected]);
  });
});

describe('what both share', () => {
  beforeEach(async () => {
    await aws.sandbox.deliverRecords([
      record('a', { eventName: 'GetObject', readOnly: true }),
      record('b', {
        eventName: 'PutObject',
        readOnly: false,
        resources: [{ ARN: 'arn:aws:s3:::x' }],
      }),
      record('c', { eventName: 'Put%Object', readOnly: false }),
    ]);
  });

  it.each<[string, string, (string | undefined)[]]>([
    [
      'LIKE with ESCAPE',
      "SELECT eventid FROM trail WHERE eventname LIKE 'Put!%%' ESCAPE '!'",
      ['c'],
    ],
    [
      'FILTER',
      "SELECT count(*) FILTER (WHERE readonly = 'true') FROM trail",
      ['1'],
    ],
    [
      'array_agg with an order',
      'SELECT array_agg(eventid ORDER BY eventid DESC) FROM trail',
      ['[c, b, a]'],
    ],
    [
      'WITH, UNION ALL and OFFSET before LIMIT',
      'WITH x AS (SELECT eventid AS id FROM trail UNION ALL SELECT eventid FROM trail) SELECT DISTINCT id FROM x ORDER BY id OFFSET 1 LIMIT 1',
      ['b'],
    ],
    [
      'IN, BETWEEN, CASE and coalesce',
      "SELECT CASE WHEN eventid BETWEEN 'a' AND 'b' THEN coalesce(errorcode, 'none') ELSE eventid END FROM trail WHERE eventid IN ('a', 'c') ORDER BY eventid",
      ['none', 'c'],
    ],
    [
      'structs and arrays as JSON, with the names of their fields',
      "SELECT CAST(resources AS JSON) FROM trail WHERE eventid = 'b'",
      ['[{"arn":"arn:aws:s3:::x","accountid":null,"type":null}]'],
    ],
    [
      'a join with sub-queries',
      'SELECT t.eventid FROM trail t JOIN (SELECT max(eventid) AS id FROM cloudtrail.trail) m ON m.id = t.eventid',
      ['c'],
    ],
  ])('%s', async (_, sql, expected) => {
    expect(await values(sql)).toEqual(expected);
  });

  it('names of any case, with catalog and database or without', async () => {
    const select = 'SELECT count(*) FROM';
    for (const name of [
      'trail',
      'TRAIL',
      'cloudtrail.trail',
      '"awsdatacatalog"."cloudtrail"."trail"',
      'AwsDataCatalog.CloudTrail.Trail',
    ]) {
      expect(await values(`${select} ${name}`)).toEqual(['3']);
    }
  });

  it('qualified names need no database in the context', async () => {
    const QueryExecutionContext = {};
    const more = { QueryExecutionContext };
    const { rows } = await runQuery(
      aws,
      'SELECT count(*) FROM cloudtrail.trail',
      [],
      more,
    );
    expect(rows).toEqual([['3']]);
    expect(
      (await runQuery(aws, 'SELECT count(*) FROM trail', [], more)).reason,
    ).toMatch(/Schema must be specified/);
  });
});

describe('parameters', () => {
  it('are values, whatever is in them', async () => {
    const hostile = "x' OR '1' = '1' -- ? \n\u202e";
    await aws.sandbox.deliverRecords([record('a'), record(hostile)]);
    expect(
      await values('SELECT eventid FROM trail WHERE eventid = ?', [
        literal(hostile),
      ]),
    ).toEqual([hostile]);
  });

  it('are texts, numbers, truths and NULL', async () => {
    const sql = `SELECT 'yes' WHERE 'a' = ? AND 7 = ? AND 1.5 = ? AND true = ? AND ? IS NULL`;
    expect(await values(sql, ["'a'", '7', '1.5', 'TRUE', 'null'])).toEqual([
      'yes',
    ]);
  });

  it.each(['x', "'x", "x'", "'a'b'", "''' OR 1=1", '1;', '(SELECT 1)'])(
    'that are no literal are refused: %s',
    async parameter => {
      expect(await reasonOf("SELECT 'a' WHERE 'a' = ?", [parameter])).toMatch(
        /^SYNTAX_ERROR: .* not a literal/,
      );
    },
  );

  it.each([[[]], [["'a'", "'b'"]]])(
    'are as many as there are question marks, not %j',
    async parameters => {
      expect(await reasonOf("SELECT 'a' WHERE 'a' = ?", parameters)).toBe(
        `INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected 1 but found ${parameters.length}`,
      );
    },
  );

  it('stand in WHERE only', async () => {
    for (const sql of [
      'SELECT ?',
      'SELECT eventid FROM trail LIMIT ?',
      'SELECT eventid FROM trail ORDER BY ?',
      'SELECT eventid FROM trail WHERE eventid IN (SELECT ? FROM trail)',
    ]) {
      expect(await reasonOf(sql, ['1'])).toMatch(/only allowed in WHERE/);
    }
    expect(
      await values('SELECT count(*) FILTER (WHERE eventid = ?) FROM trail', [
        "'a'",
      ]),
    ).toEqual(['0']);
  });
});

describe('errors name their cause in words', () => {
  beforeEach(() => aws.sandbox.deliverRecords([record('a')]));

  it.each([
    ['SELECT nothing FROM trail', /^COLUMN_NOT_FOUND: .*'nothing'/],
    [
      'SELECT useridentity.nothing FROM trail',
      /^COLUMN_NOT_FOUND: .*'nothing'/,
    ],
    [
      'SELECT eventid FROM missing',
      /^TABLE_NOT_FOUND: .*'awsdatacatalog.cloudtrail.missing' does not exist/,
    ],
    ['SELECT eventid FROM other.trail', /^TABLE_NOT_FOUND/],
    ['SELECT eventid FROM other.cloudtrail.trail', /^TABLE_NOT_FOUND/],
    ['SELECT * FROM duckdb_settings', /^TABLE_NOT_FOUND/],
    ['SELECT CAST(eventid AS bigint) FROM trail', /^INVALID_CAST_ARGUMENT/],
  ])('%s', async (sql, reason) => {
    expect(await reasonOf(sql)).toMatch(reason);
  });

  it('a damaged file fails the query, without the path of this machine', async () => {
    const [file] = await aws.files();
    const path = `${aws.sandbox.logDirectory}/${file}`;
    await writeFile(path, Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5]));
    const reason = await reasonOf('SELECT eventid FROM trail');
    expect(reason).toMatch(/^HIVE_CURSOR_ERROR: .*s3:\//);
    expect(reason).not.toContain(aws.sandbox.logDirectory);
  });
});
