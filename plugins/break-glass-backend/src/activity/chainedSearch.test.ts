import { ServiceUnavailableError } from '@backstage/errors';
import {
  ActivityQuery,
  ActivityResult,
  ActivitySource,
  UseResult,
} from 'backstage-plugin-break-glass-node';
import { aSessionRow } from '../testing/rows';
import { CloudTrailRecord, sessionNameOf, text } from './cloudTrailRecord';
import { gather } from './gather';
import { ACCOUNT, aCall, aKey, anAssumeRole, anIssued } from './testing';

const AT = '2026-10-01T12:00:00Z';
const HOUR = 60 * 60_000;
const ELSEWHERE = '999988887777';
const ours = anIssued();
const issue = anAssumeRole(ours, AT);
const first = { ...ours, role: 'BreakGlassAdmin', account: ACCOUNT };
const WINDOW = {
  from: Date.parse(AT) - HOUR,
  to: Date.parse(AT) + HOUR,
};

/** Some role under some name, as the calls of its session see it. */
interface Hop {
  sessionName: string;
  accessKeyId: string;
  role: string;
  account: string;
}

const arnOf = ({ account, role, sessionName }: Hop) =>
  `arn:aws:sts::${account}:assumed-role/${role}/${sessionName}`;

/** A call in an account, by a session. */
function callBy(hop: Hop, change: CloudTrailRecord = {}): CloudTrailRecord {
  const call = aCall({ ...hop, createdAt: AT }, change);
  Object.assign(call.userIdentity as object, { arn: arnOf(hop) });
  return call;
}

/** A session that assumes another role. */
function assume(
  by: Hop,
  sessionName: string,
  account = ACCOUNT,
): { hop: Hop; record: CloudTrailRecord } {
  const hop = { sessionName, account, role: 'Pipeline', accessKeyId: aKey() };
  const record = callBy(by, {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    requestParameters: {
      roleArn: `arn:aws:iam::${account}:role/Pipeline`,
      roleSessionName: sessionName,
      durationSeconds: 3600,
    },
    responseElements: {
      credentials: { accessKeyId: hop.accessKeyId },
      assumedRoleUser: { arn: arnOf(hop) },
    },
  });
  return { hop, record };
}

/** A source that answers with the records of the role and name it is asked for, by account. */
class AccountsSource implements ActivitySource {
  readonly id = 'accounts';
  readonly title = 'Logs by account';
  readonly queries: ActivityQuery[] = [];

  constructor(
    private readonly logs: Record<string, CloudTrailRecord[] | Error>,
  ) {}

  async search(query: ActivityQuery): Promise<ActivityResult> {
    this.queries.push(query);
    const log = this.logs[query.accountId];
    if (log instanceof Error) {
      throw log;
    }
    const records = (log ?? []).filter(
      record =>
        sessionNameOf(text(record, 'userIdentity', 'arn')) ===
          query.sessionName || record === issue,
    );
    return {
      records,
      coverage: {
        regions: log ? ['eu-west-1'] : [],
        dataEvents: 'seen',
        trailRunningAtEnd: true,
        filesRead: log ? 1 : 0,
        unreadable: [],
      },
    };
  }

  async searchUses(): Promise<UseResult> {
    throw new Error('Nobody looks for uses here');
  }

  async probe() {
    return { ok: true, words: 'Here.' };
  }
}

async function look(
  logs: Record<string, CloudTrailRecord[] | Error>,
  signal = new AbortController().signal,
) {
  const source = new AccountsSource(logs);
  const gathered = await gather(
    source,
    { partition: 'aws', accountId: ACCOUNT },
    [aSessionRow(ours)],
    WINDOW,
    { signal, maxRecords: 1_000 },
  );
  const actions = gathered.attribution.events.map(({ record }) =>
    text(record, 'eventName'),
  );
  return { ...gathered, actions, queries: source.queries };
}

describe('pitfall 20: what was done through assumed roles is found, or said to be missing', () => {
  it('says nothing where all of it was searched', async () => {
    const { hop, record } = assume(first, 'on', ELSEWHERE);
    const { coverage, actions } = await look({
      [ACCOUNT]: [issue, record],
      [ELSEWHERE]: [callBy(hop, { eventName: 'Deploy' })],
    });
    expect(actions).toEqual(expect.arrayContaining(['AssumeRole', 'Deploy']));
    expect(coverage.unreadable).toEqual([]);
  });

  it('I7: more of them than are looked for are said', async () => {
    const hops = Array.from({ length: 45 }, (_, n) => assume(first, `on${n}`));
    const { coverage, queries } = await look({
      [ACCOUNT]: [issue, ...hops.map(({ record }) => record)],
    });
    expect(queries).toHaveLength(41);
    expect(coverage.unreadable).toEqual([
      expect.stringContaining('5 further assumed roles was not looked for'),
    ]);
    expect(coverage.notSearched).toEqual(coverage.unreadable);
  });

  it('the same role and name again and again is looked for once', async () => {
    const hops = Array.from({ length: 45 }, () => assume(first, 'on'));
    const { coverage, queries } = await look({
      [ACCOUNT]: [issue, ...hops.map(({ record }) => record)],
    });
    expect(queries).toHaveLength(2);
    expect(queries[1].accessKeyIds).toHaveLength(45);
    expect(coverage.unreadable).toEqual([]);
  });

  it('I7: a third role of a chain is said', async () => {
    const one = assume(first, 'one');
    const two = assume(one.hop, 'two');
    const three = assume(two.hop, 'three');
    const { coverage } = await look({
      [ACCOUNT]: [issue, one.record, two.record, three.record],
    });
    expect(coverage.unreadable).toEqual([
      expect.stringContaining('too far from the session'),
    ]);
  });

  it('I7: credentials of a kind that cannot be followed are said', async () => {
    const root = callBy(first, {
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRoot',
      responseElements: { credentials: { accessKeyId: aKey() } },
    });
    const { coverage } = await look({ [ACCOUNT]: [issue, root] });
    expect(coverage.unreadable).toHaveLength(1);
  });

  it('I7: a refused AssumeRole leaves nothing to be said', async () => {
    const { record } = assume(first, 'on');
    const refused = {
      ...record,
      responseElements: null,
      errorCode: 'AccessDenied',
    };
    const { coverage } = await look({ [ACCOUNT]: [issue, refused] });
    expect(coverage.unreadable).toEqual([]);
  });

  it('I7: a role whose record does not say enough is said', async () => {
    const { record } = assume(first, 'on');
    const { coverage } = await look({
      [ACCOUNT]: [issue, { ...record, requestParameters: null }],
    });
    expect(coverage.unreadable).toEqual([
      expect.stringContaining('do not say enough'),
    ]);
  });

  it('I7: an account without logs is said', async () => {
    const { record } = assume(first, 'on', ELSEWHERE);
    const { coverage } = await look({ [ACCOUNT]: [issue, record] });
    expect(coverage.unreadable).toEqual([
      expect.stringContaining(`account ${ELSEWHERE}`),
    ]);
  });

  it('each is looked for as long as its own credentials live', async () => {
    const { hop, record } = assume(first, 'on');
    const late = { ...record, eventTime: '2026-10-01T12:55:00Z' };
    const { queries } = await look({ [ACCOUNT]: [issue, late, callBy(hop)] });
    expect(queries[1].to).toBe(Date.parse('2026-10-01T14:10:00Z'));
  });

  describe('another account whose logs cannot be read', () => {
    const down = new ServiceUnavailableError('The role does not trust us.');
    const one = assume(first, 'one', ELSEWHERE);
    const two = assume(first, 'two', ELSEWHERE);
    const here = assume(first, 'here');
    const own = [issue, one.record, two.record, here.record];
    const done = callBy(here.hop, { eventName: 'Deploy' });

    it('I7: is said, and keeps nothing of the lease’s own from being found', async () => {
      const { actions, coverage } = await look({
        [ACCOUNT]: [...own, done],
        [ELSEWHERE]: down,
      });
      expect(actions.filter(name => name === 'AssumeRole')).toHaveLength(3);
      expect(actions).toContain('Deploy');
      expect(coverage.unreadable).toEqual([
        expect.stringMatching(`account ${ELSEWHERE} .* cannot be read now`),
      ]);
      expect(coverage.notSearched).toEqual(coverage.unreadable);
    });

    it('is asked once', async () => {
      const { queries } = await look({ [ACCOUNT]: own, [ELSEWHERE]: down });
      expect(queries.map(({ accountId }) => accountId).sort()).toEqual([
        ...[ACCOUNT, ACCOUNT],
        ELSEWHERE,
      ]);
    });

    it('is not taken for one that failed for another reason', async () => {
      const broken = new TypeError('broken');
      const looking = look({ [ACCOUNT]: own, [ELSEWHERE]: broken });
      await expect(looking).rejects.toBe(broken);
    });

    it('is not taken for a look that was given up', async () => {
      const giving = new AbortController();
      const logs = {
        [ACCOUNT]: [issue, one.record],
        get [ELSEWHERE](): CloudTrailRecord[] {
          giving.abort(down);
          return [];
        },
      };
      await expect(look(logs, giving.signal)).rejects.toBe(down);
    });

    it('the lease’s own logs that cannot be read fail the look', async () => {
      await expect(look({ [ACCOUNT]: down })).rejects.toBe(down);
      // Read for the sessions, and gone when it is asked for the role.
      const answers = [[issue, here.record], down];
      const logs = {
        get [ACCOUNT]() {
          return answers.shift()!;
        },
      };
      await expect(look(logs)).rejects.toBe(down);
    });
  });
});
