import { Scene } from 'backstage-plugin-break-glass-node/testUtils';
import { candidateLookups, isCandidate } from './candidates';

const scene = new Scene(Date.parse('2026-10-01T11:00:00Z'));
const query = scene.query();

describe('isCandidate', () => {
  const assumed = (facts: Parameters<Scene['assumeRole']>[0]) =>
    scene.assumeRole(facts).record;

  it.each([
    [query.from, true],
    [query.from - 1_000, false],
    [query.to - 1_000, true],
    [query.to, false],
  ])('takes the time from inclusive to exclusive: %s', (at, expected) => {
    expect(isCandidate(scene.call({ at }).record, query)).toBe(expected);
  });

  it('leaves out nothing because its time cannot be read', () => {
    const { record } = scene.call({ change: { eventTime: 'yesterday' } });
    expect(isCandidate(record, query)).toBe(true);
  });

  it('pitfall 17: takes an AssumeRole only with both role and name', () => {
    const { roleArn, sessionName } = query;
    expect(isCandidate(assumed({ roleArn, sessionName }), query)).toBe(true);
    for (const other of [
      { roleArn: `${roleArn}2`, sessionName },
      { roleArn, sessionName: `${sessionName}2` },
    ]) {
      expect(isCandidate(assumed(other), query)).toBe(false);
    }
  });

  it('pitfall 20: takes what carries the session’s name as its source identity', () => {
    const chained = (sourceIdentity: string) =>
      scene.call({ sessionName: 'pipeline', sourceIdentity }).record;
    expect(isCandidate(chained(query.sessionName), query)).toBe(true);
    expect(isCandidate(chained(`${query.sessionName}2`), query)).toBe(false);
  });

  it.each([
    null,
    'text',
    7,
    { arn: 7 },
    { arn: 'arn' },
    { sessionContext: null },
  ])('pitfall 18: is not put off by the identity %j', userIdentity => {
    const { record } = scene.call({ change: { userIdentity } });
    expect(isCandidate(record, query)).toBe(false);
  });
});

describe('candidateLookups', () => {
  it('looks up by name, by role and by each key', () => {
    const accessKeyIds = ['ASIA1', 'ASIA2'];
    expect(candidateLookups({ ...query, accessKeyIds })).toEqual([
      { key: 'Username', value: query.sessionName },
      { key: 'ResourceName', value: query.roleArn },
      { key: 'AccessKeyId', value: 'ASIA1' },
      { key: 'AccessKeyId', value: 'ASIA2' },
    ]);
  });

  it('leaves empty values out, which AWS refuses', () => {
    const nothing = { ...query, sessionName: '', accessKeyIds: [''] };
    expect(candidateLookups(nothing)).toEqual([
      { key: 'ResourceName', value: query.roleArn },
    ]);
  });
});
