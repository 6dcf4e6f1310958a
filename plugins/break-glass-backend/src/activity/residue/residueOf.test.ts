import fc from 'fast-check';
import { residueEvents } from './effects';
import { residueOf } from './residueOf';
import { aCallOf, ELSEWHERE, LEASE, openAfter } from './testing/calls';

const user = (userName: string) => ({ userName });
const createUser = (name: string) => aCallOf('iam:CreateUser', user(name));
const deleteUser = (name: string) => aCallOf('iam:DeleteUser', user(name));

describe('residueOf', () => {
  it('I14: lists what was made under the lease, with the event that made it', async () => {
    const call = aCallOf('iam:CreateUser', user('ci'), {
      user: { arn: `arn:aws:iam::${LEASE.accountId}:user/ci` },
    });
    expect(await residueOf(LEASE, [call])).toEqual([
      {
        leaseId: LEASE.id,
        key: expect.stringMatching(/^[0-9a-f]{64}$/),
        kind: 'principal',
        what: 'User ci',
        resource: 'ci',
        eventId: call.eventId,
        at: call.at,
        state: 'open',
      },
    ]);
  });

  it('what the lease’s own later events removed is gone', async () => {
    const [ci, cd] = await residueOf(LEASE, [
      createUser('ci'),
      createUser('cd'),
      deleteUser('ci'),
    ]);
    expect([ci.state, cd.state]).toEqual(['gone', 'open']);
  });

  it('a removal before the making removes nothing', async () => {
    expect(await openAfter(deleteUser('ci'), createUser('ci'))).toEqual([
      'principal: User ci',
    ]);
  });

  it('what is made again after it was removed is another item', async () => {
    const rows = await residueOf(LEASE, [
      createUser('ci'),
      deleteUser('ci'),
      createUser('ci'),
    ]);
    expect(rows.map(row => row.state)).toEqual(['gone', 'open']);
    expect(new Set(rows.map(row => row.key)).size).toBe(2);
  });

  it('what was made and removed within one second may be there still', async () => {
    const at = createUser('x').at;
    const inThatSecond = (name: 'CreateUser' | 'DeleteUser') =>
      aCallOf(`iam:${name}`, user('ci'), null, { at });
    const words = ['principal: User ci'];
    expect(
      await openAfter(inThatSecond('CreateUser'), inThatSecond('DeleteUser')),
    ).toEqual(words);
    // Made before, and again in the second in which it was removed.
    expect(
      await openAfter(
        { ...createUser('ci'), at: at - 5_000 },
        inThatSecond('CreateUser'),
        inThatSecond('DeleteUser'),
      ),
    ).toEqual(words);
  });

  it('what is changed again is another item, of the later event: who judged the first did not see the second', async () => {
    const trust = (Principal: string) =>
      aCallOf('iam:UpdateAssumeRolePolicy', {
        roleName: 'r',
        policyDocument: JSON.stringify({
          Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
        }),
      });
    const [first, second] = [trust('arn:x'), trust('*')];
    const [alone] = await residueOf(LEASE, [first]);
    const [before, after] = await residueOf(LEASE, [first, second]);
    expect(before).toEqual({ ...alone, state: 'gone' });
    expect(after).toMatchObject({
      eventId: second.eventId,
      what: 'Trust policy of role r, which everybody may assume',
      state: 'open',
    });
    expect(after.key).not.toBe(alone.key);
  });

  it('of changes within one second each stays: their order is not known', async () => {
    const put = () =>
      aCallOf('iam:PutUserPolicy', { userName: 'ci', policyName: 'p' });
    const first = put();
    expect(await openAfter(first, { ...put(), at: first.at })).toHaveLength(2);
  });

  it('lists each of many things that one call made', async () => {
    const items = Array.from({ length: 120 }, (_, n) => ({
      instanceId: `i-${n}`,
    }));
    const call = aCallOf('ec2:RunInstances', {}, { instancesSet: { items } });
    expect(await openAfter(call)).toHaveLength(120);
  });

  it('a call that was refused or failed made nothing, and removed nothing', async () => {
    const refused = { refused: true, errorCode: 'AccessDenied' };
    const failed = { errorCode: 'EntityAlreadyExists' };
    expect(
      await openAfter(
        aCallOf('iam:CreateUser', user('a'), null, refused),
        aCallOf('iam:CreateUser', user('b'), null, failed),
        createUser('ci'),
        aCallOf('iam:DeleteUser', user('ci'), null, failed),
      ),
    ).toEqual(['principal: User ci']);
  });

  it('what was made without a name in the record is listed all the same', async () => {
    expect(
      await openAfter(aCallOf('iam:CreateUser', { omitted: true })),
    ).toEqual(['principal: User without a name in the record']);
  });

  it('keys stay the same from look to look', async () => {
    const call = createUser('ci');
    const [once] = await residueOf(LEASE, [call]);
    const [again] = await residueOf(LEASE, [call, deleteUser('ci')]);
    expect(again.key).toBe(once.key);
  });

  it('a removal in another account or region removes nothing here', async () => {
    const key = { keyName: 'k' };
    const there = { recipientAccountId: ELSEWHERE };
    expect(
      await openAfter(
        aCallOf('ec2:CreateKeyPair', key),
        aCallOf('ec2:DeleteKeyPair', key, null, there),
        aCallOf('ec2:DeleteKeyPair', key, null, { region: 'us-east-1' }),
      ),
    ).toEqual(['credential: Key pair k for instances']);
  });

  it('what was made through another role, in its account, counts', async () => {
    const there = { recipientAccountId: ELSEWHERE, chained: true };
    expect(
      await openAfter(
        createUser('ci'),
        aCallOf('iam:CreateUser', user('ci'), null, there),
        deleteUser('ci'),
      ),
    ).toEqual(['principal: User ci']);
  });

  it('lists no more than can be judged one by one, and says that there is more', async () => {
    const calls = Array.from({ length: 1_500 }, (_, n) => createUser(`u${n}`));
    const rows = await residueOf(LEASE, calls);
    expect(rows).toHaveLength(1_001);
    expect(rows[1_000]).toMatchObject({ kind: 'other', state: 'open' });
  });

  it('takes whatever stands in a record', async () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    const name = fc.constantFrom(
      ...['userName', 'bucketName', 'policy', 'ipPermissions', 'items'],
      ...['createVolumePermission', 'valuesToAdd', '__proto__', 'toString'],
    );
    const members = fc.dictionary(name, json);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...residueEvents),
        fc.oneof(members, json),
        fc.oneof(members, json),
        async (event, request, response) => {
          const rows = await residueOf(LEASE, [
            aCallOf(event, request, response),
          ]);
          for (const row of rows) {
            expect(row.what.length).toBeLessThanOrEqual(500);
            expect(row.key).toMatch(/^[0-9a-f]{64}$/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
