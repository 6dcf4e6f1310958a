import { otherHalves, useLookups } from './useLookups';

const query = {
  partition: 'aws' as const,
  accountIds: ['111122223333', '222233334444'],
  roleArns: [
    'arn:aws:iam::111122223333:role/Here',
    'arn:aws:iam::222233334444:role/There',
    'arn:aws:iam::333344445555:role/Elsewhere',
  ],
  userArns: [
    'arn:aws:iam::111122223333:user/emergency/break-glass-1',
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::222233334444:user/other',
  ],
  from: 0,
  to: 1,
};

describe('useLookups', () => {
  it('looks for the account’s own roles, those of accounts that are not looked at, its users, and sign-ins', () => {
    expect(useLookups(query, '111122223333')).toEqual([
      { key: 'ResourceName', value: 'arn:aws:iam::111122223333:role/Here' },
      {
        key: 'ResourceName',
        value: 'arn:aws:iam::333344445555:role/Elsewhere',
      },
      { key: 'Username', value: 'break-glass-1' },
      { key: 'Username', value: 'root' },
      { key: 'EventName', value: 'ConsoleLogin' },
      { key: 'EventName', value: 'SwitchRole' },
    ]);
  });

  it('looks for nothing where nothing is asked for', () => {
    const nothing = { ...query, roleArns: [], userArns: [] };
    expect(useLookups(nothing, '111122223333')).toEqual([]);
  });
});

describe('otherHalves', () => {
  const half = {
    sharedEventID: 'shared',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    userIdentity: { accountId: '222233334444' },
    requestParameters: { roleArn: query.roleArns[0] },
  };
  const regions = ['eu-west-1'];

  it('finds the caller’s account and region, once', () => {
    expect(otherHalves([half, { ...half }], query, regions)).toEqual([
      {
        accountId: '222233334444',
        region: 'eu-west-1',
        roleArn: query.roleArns[0],
      },
    ]);
  });

  it.each([
    ['its own account', { userIdentity: { accountId: '111122223333' } }],
    ['no shared event', { sharedEventID: undefined }],
    ['another role', { requestParameters: { roleArn: 'other' } }],
    ['refused', { requestParameters: null }],
  ])('finds none for %s', (_, change) => {
    expect(otherHalves([{ ...half, ...change }], query, regions)).toEqual([]);
  });

  it.each([
    { awsRegion: 'evil.example/' },
    { awsRegion: 'us-west-2' },
    { userIdentity: { accountId: '../x' } },
    { userIdentity: { accountId: '333344445555' } },
  ])('pitfall 31: a text of a log becomes no host and no role: %j', change => {
    expect(otherHalves([{ ...half, ...change }], query, regions)).toEqual([]);
  });
});
