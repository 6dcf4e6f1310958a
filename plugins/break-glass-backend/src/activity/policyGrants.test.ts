import { grantees, isAccount, opensToEverybody } from './policyGrants';

const statement = (Principal: unknown, Effect = 'Allow') => ({
  Effect,
  Principal,
  Action: 's3:*',
  Resource: '*',
});
const policy = (...Statement: unknown[]) => ({
  Version: '2012-10-17',
  Statement,
});

describe('grantees', () => {
  it.each<[unknown, string[]]>([
    ['*', ['*']],
    [{ AWS: '111122223333' }, ['111122223333']],
    [{ AWS: ['arn:a', 'arn:b'] }, ['arn:a', 'arn:b']],
    [{ Service: 's3.amazonaws.com', AWS: '*' }, ['*', 's3.amazonaws.com']],
    [{ AWS: [7, null] }, []],
    [undefined, []],
  ])('of %j are %j', (principal, found) => {
    const document = policy(statement(principal));
    expect(grantees({ bucketPolicy: document })).toEqual(found);
    expect(grantees({ policy: JSON.stringify(document) })).toEqual(found);
    const encoded = encodeURIComponent(JSON.stringify(document));
    expect(grantees({ policy: encoded })).toEqual(found);
  });

  it('are none of a denying statement, nor of a text that is no policy', () => {
    expect(grantees(policy(statement('*', 'Deny')))).toEqual([]);
    expect(grantees('not JSON, "Principal": "*"')).toEqual([]);
    expect(grantees('%7Bbroken%')).toEqual([]);
  });

  it('are found however the policy is disguised', () => {
    const escaped = JSON.stringify(policy(statement('*')))
      .replace('Principal', '\\u0050rincipal')
      .replace('Effect', 'eFFECT');
    expect(grantees({ policy: ` \n${escaped}` })).toEqual(['*']);
  });

  it('everybody else is allowed where all but somebody are', () => {
    const all = { Effect: 'Allow', NotPrincipal: { AWS: 'x' }, Action: '*' };
    expect(grantees(policy(all))).toEqual(['*']);
  });

  it('does not follow a value into any depth', () => {
    let deep: unknown = statement('*');
    for (let level = 0; level < 10_000; level++) {
      deep = { deep };
    }
    expect(grantees(deep)).toEqual([]);
  });
});

describe('isAccount', () => {
  const id = '111122223333';

  it.each([id, `arn:aws:iam::${id}:root`, `arn:aws-us-gov:iam::${id}:root`])(
    '%s is the account as a whole',
    principal => {
      expect(isAccount(principal, id)).toBe(true);
      expect(isAccount(principal, '999988887777')).toBe(false);
    },
  );

  it.each([
    '*',
    `arn:aws:iam::${id}:role/app`,
    `arn:aws:sts::${id}:assumed-role/R/x`,
    `evil${id}`,
  ])('%s is not', principal => {
    expect(isAccount(principal, id)).toBe(false);
  });
});

describe('opensToEverybody', () => {
  it.each(['*', { AWS: '*' }, { AWS: ['x', '*'] }])('%j is open', principal => {
    expect(opensToEverybody(policy(statement(principal)))).toBe(true);
  });

  it.each([{ AWS: 'arn:x' }, { Service: 's3.amazonaws.com' }])(
    '%j is not',
    principal => {
      expect(opensToEverybody(policy(statement(principal)))).toBe(false);
    },
  );
});
