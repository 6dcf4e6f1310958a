import {
  aTokenRecord,
  ROLE_ARN,
} from 'backstage-plugin-break-glass-node/testUtils';
import { UnbrokeredConfig } from '../config/unbrokeredConfig';
import { federationConfig } from '../federation/testing/federationConfig';
import { NOON } from '../testing/rows';
import { findUses } from './findUses';
import { aStrangersUse, SEALED_USER, ScriptedUses } from './testing';
import { WatchedAccount, WatchList } from './WatchList';

const MINUTE = 60_000;
const WINDOW = { from: NOON - 60 * MINUTE, to: NOON };

const anAccount = (index: number): WatchedAccount => ({
  accountId: String(111122223333 + index),
  partition: 'aws',
  title: `Account ${index}`,
  ref: `resource:default/account-${index}`,
});

function aWatchList(
  count: number,
  change: Partial<UnbrokeredConfig> = {},
): WatchList {
  const config = federationConfig('http://127.0.0.1:1');
  config.roles[0].arn =
    'arn:${partition}:iam::${accountId}:role/break-glass/BreakGlassAdmin';
  return new WatchList(
    { ...config, unbrokered: { ...config.unbrokered, ...change } },
    Array.from({ length: count }, (_, index) => anAccount(index)),
  );
}

const find = (source: ScriptedUses, watchList: WatchList) =>
  findUses(source, watchList, 'aws', WINDOW, new AbortController().signal);

describe('findUses', () => {
  it('names at most fifty accounts in one query, with their roles and users only', async () => {
    const source = new ScriptedUses();
    const emergencyUsers = [
      {
        arn: 'arn:${partition}:iam::${accountId}:user/seal',
        title: 'Seal',
        owner: 'group:default/security',
      },
    ];
    await find(source, aWatchList(120, { emergencyUsers }));
    expect(source.queries.map(query => query.accountIds.length)).toEqual([
      50, 50, 20,
    ]);
    for (const { accountIds, roleArns, userArns } of source.queries) {
      expect(roleArns.map(arn => arn.split(':')[4])).toEqual(accountIds);
      expect(userArns.map(arn => arn.split(':')[4])).toEqual(accountIds);
    }
  });

  it('looks where an emergency user is, though no account of the catalog is', async () => {
    const source = new ScriptedUses();
    const arn = 'arn:aws:iam::999900001111:root';
    const owner = 'group:default/security';
    const watchList = aWatchList(1, {
      emergencyUsers: [{ arn, title: 'Root', owner }],
    });
    source.records = [
      aTokenRecord({
        at: NOON - MINUTE,
        accountId: '999900001111',
        userArn: arn,
        eventName: 'GetSessionToken',
      }),
    ];
    const { candidates } = await find(source, watchList);
    expect(candidates).toMatchObject([
      {
        use: { kind: 'session', principalArn: arn },
        watched: {
          account: { accountId: '999900001111', title: '999900001111' },
          emergencyUser: { title: 'Root' },
        },
      },
    ]);
  });

  it('keeps of what a source hands over what is watched', async () => {
    const source = new ScriptedUses();
    source.records = [
      aStrangersUse(),
      aStrangersUse({ roleArn: `${ROLE_ARN}2`, sessionName: 'other' }),
      aStrangersUse({ callerArn: SEALED_USER, roleArn: `${ROLE_ARN}3` }),
    ];
    const { candidates } = await find(source, aWatchList(1));
    expect(candidates.map(({ use }) => use.session?.name)).toEqual(['mallory']);
  });

  it('says what could not be read, in a few lines of foreign text', async () => {
    const source = new ScriptedUses();
    source.unreadable = ['d', 'c', 'b', 'a\u0000\n\u202e'].map(
      name => `${name}.json.gz: is damaged`,
    );
    const { problem } = await find(source, aWatchList(1));
    expect(problem).toContain('and 1 more');
    // eslint-disable-next-line no-control-regex
    expect(problem).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  it('tells silence from nothing found', async () => {
    const source = new ScriptedUses();
    const { heard, silence } = await find(source, aWatchList(1));
    expect(heard).toBe(true);
    expect(silence).toBeUndefined();
    source.regions = [];
    expect(await find(source, aWatchList(1))).toMatchObject({
      heard: false,
      silence: expect.stringContaining('No account delivered any log'),
    });
  });

  it('names the accounts that are silent while others speak', async () => {
    const source = new ScriptedUses();
    source.meanwhile = async () => {
      source.regions = source.queries.length > 1 ? [] : ['eu-central-1'];
    };
    const found = await find(source, aWatchList(54));
    expect(found).toMatchObject({
      heard: true,
      silence:
        '4 of 54 accounts delivered no log in this time: 111122223383, 111122223384, 111122223385, and 1 more.',
    });
    expect(found.problem).toBeUndefined();
  });
});
