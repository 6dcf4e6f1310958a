import fc from 'fast-check';
import { Scene } from 'backstage-plugin-break-glass-node/testUtils';
import { aLog } from '../testing/aLog';
import { trinoErrors } from '../testing/trinoErrors';
import { RECORD_COLUMNS, SOURCE_IDENTITY } from './columns';
import {
  activityStatement,
  coverageStatement,
  Statement,
  TableColumns,
  useStatement,
} from './statements';

const scene = new Scene(Date.parse('2026-10-01T11:00:00Z'));
const whole: TableColumns = { columns: RECORD_COLUMNS, has: () => true };
const official: TableColumns = {
  columns: RECORD_COLUMNS.filter(
    ({ path }) => !path.includes('sourceIdentity'),
  ),
  has: name => name !== SOURCE_IDENTITY,
};
const LOGS = {
  trail: aLog(),
  'trail with regions': aLog({ regions: ['eu-central-1', 'us-east-1'] }),
  stream: aLog({ layout: 'firehose', table: 'stream' }),
  'stream with year, month and day': aLog({
    layout: 'firehose',
    partitionColumns: { day: { year: 'year', month: 'month', day: 'day' } },
  }),
};

/** Every statement that there is, for one log and the values of the scene. */
function statementsFor(log = LOGS.trail, table = whole) {
  const roleArns = ['arn:aws:iam::111122223333:role/A'];
  return {
    activity: activityStatement(log, table, scene.query()),
    'activity without keys': activityStatement(
      log,
      table,
      scene.query({ accessKeyIds: [] }),
    ),
    uses: useStatement(log, table, scene.uses()),
    'uses of roles': useStatement(log, table, scene.uses({ userArns: [] })),
    'uses of nobody': useStatement(
      log,
      table,
      scene.uses({ roleArns: [], userArns: [] }),
    ),
    'uses of many': useStatement(
      log,
      table,
      scene.uses({
        roleArns: Array(400).fill(roleArns[0]),
        accountIds: Array(50).fill('111122223333'),
      }),
    ),
    coverage: coverageStatement(log, table, scene.uses()),
  };
}

it.each(['SELECT FROM x', "SELECT a ->> 'b' FROM x", 'SELECT a::int FROM x'])(
  'the grammar has something against %s',
  sql => {
    expect(trinoErrors(sql)).not.toEqual([]);
  },
);

const placeholders = ({ sql }: Statement) => sql.split('?').length - 1;

describe.each(Object.entries(LOGS))('the SQL for a %s', (_, log) => {
  it.each(Object.keys(statementsFor()))('of %s is Trino’s', name => {
    for (const table of [whole, official]) {
      const statement = statementsFor(log, table)[
        name as keyof ReturnType<typeof statementsFor>
      ];
      expect(trinoErrors(statement.sql)).toEqual([]);
      expect(placeholders(statement)).toBe(statement.parameters.length);
    }
  });

  it('names the partitions of the days, one more on each side', () => {
    const { sql, parameters } = activityStatement(log, whole, scene.query());
    const where = sql.slice(sql.indexOf(' WHERE '));
    const days =
      'column' in log.partitionColumns.day
        ? ["'2026/09/30'", "'2026/10/02'"]
        : ["'2026'", "'09'", "'30'", "'2026'", "'10'", "'01'", "'02'"];
    const { account, region, day } = log.partitionColumns;
    const names =
      'column' in day ? [day.column] : [day.year, day.month, day.day];
    const named = /"(\w+)" (?:IN|=|BETWEEN) [(]?[?]/g;
    const isTrail = log.layout === 'trail';
    expect([...where.matchAll(named)].map(match => match[1])).toEqual(
      expect.arrayContaining([
        ...names,
        ...(isTrail ? [account] : ['recipientaccountid']),
        ...(log.regions ? [region] : []),
      ]),
    );
    expect(parameters.join()).toContain(days.join());
  });

  it('pitfall 18: is the same whatever the values are', () => {
    const text = fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme' });
    const values = fc.record({
      accountId: fc.stringMatching(/^[0-9]{12}$/),
      name: text,
      arn: text,
      key: text,
      from: fc.integer({ min: 0, max: 86_399_999 }),
    });
    const sqlOf = ({ accountId, name, arn, key, from }: Values) => {
      const at = { from: scene.at - from, to: scene.at };
      const days = daysApart(at.from, at.to);
      return [
        days,
        activityStatement(log, whole, {
          ...scene.query(at),
          accountId,
          sessionName: name,
          roleArn: arn,
          accessKeyIds: [key],
        }).sql,
        useStatement(log, whole, {
          ...scene.uses(at),
          accountIds: [accountId],
          roleArns: [arn],
          userArns: [name],
        }).sql,
        coverageStatement(log, whole, { ...at, accountIds: [accountId] }).sql,
      ];
    };
    const plain = new Map(
      [0, 43_200_000].map(from => {
        const [days, ...sql] = sqlOf({
          accountId: '111122223333',
          name: 'a',
          arn: 'b',
          key: 'c',
          from,
        });
        return [days, sql];
      }),
    );
    fc.assert(
      fc.property(values, given => {
        const [days, ...sql] = sqlOf(given);
        expect(sql).toEqual(plain.get(days));
      }),
    );
  });
});

interface Values {
  accountId: string;
  name: string;
  arn: string;
  key: string;
  from: number;
}

/** How many calendar days a time touches: what the number of `?` may depend on. */
function daysApart(from: number, to: number): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return day(from) === day(to - 1) || from === to ? 'one' : 'two';
}

describe('parameters', () => {
  it('are literals in quotes, quotes doubled, in the order of the question marks', () => {
    const { parameters } = activityStatement(
      LOGS.trail,
      whole,
      scene.query({ sessionName: `x'; DROP TABLE trail; --` }),
    );
    expect(parameters).toEqual([
      "'111122223333'",
      "'2026/09/30'",
      "'2026/10/02'",
      "'2026-10-01T10:00:00Z'",
      "'2026-10-01T12:00:00Z'",
      `'x''; DROP TABLE trail; --'`,
      `'x''; DROP TABLE trail; --'`,
      "'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin'",
      `'x''; DROP TABLE trail; --'`,
      "'ASIAEXAMPLERECORDED1'",
    ]);
  });

  it('leave out empty keys and ARNs, which name nothing', () => {
    const query = scene.query({ accessKeyIds: ['', 'K'] });
    const { parameters } = activityStatement(LOGS.trail, whole, query);
    expect(parameters.at(-1)).toBe("'K'");
    const uses = scene.uses({ roleArns: [''], userArns: ['u'] });
    expect(useStatement(LOGS.trail, whole, uses).parameters.at(-1)).toBe("'u'");
  });

  it('refuse an empty session name, and one that Athena does not take', () => {
    const named = (sessionName: string) => () =>
      activityStatement(LOGS.trail, whole, scene.query({ sessionName }));
    expect(named('')).toThrow('cannot look for an empty text');
    expect(named('x'.repeat(1_022))).not.toThrow();
    expect(named('x'.repeat(1_023))).toThrow('which has 1023 characters');
    expect(named("'".repeat(600))).toThrow('which has 600 characters');
  });

  it('are refused where the query would be longer than Athena takes', () => {
    const uses = scene.uses({ roleArns: Array(90_000).fill('r') });
    expect(() => useStatement(LOGS.trail, whole, uses)).toThrow(
      'longer than Athena takes',
    );
  });
});

it('does not name a column that the table lacks', () => {
  const { sql } = activityStatement(LOGS.trail, official, scene.query());
  expect(sql).not.toContain('sourceidentity');
  expect(
    coverageStatement(
      LOGS.trail,
      { columns: [], has: () => false },
      scene.uses(),
    ).sql,
  ).not.toContain('eventcategory');
});
