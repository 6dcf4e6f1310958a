import { isCandidate } from './candidateRecords';
import { RECORDED_KEY_ID, Scene } from './testUtils';

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

  it.each(['yesterday', 'Oct 1', '1', '', 7, null, undefined])(
    'I7: leaves out nothing because its time cannot be read: %j',
    eventTime => {
      const { record } = scene.call({ change: { eventTime } });
      expect(isCandidate(record, query)).toBe(true);
    },
  );

  it('pitfall 38: takes an AssumeRole that gave out a recorded key, whatever it says beside', () => {
    const gave = (issuedKeyId: string) =>
      assumed({ roleArn: `${query.roleArn}2`, sessionName: 'x', issuedKeyId });
    expect(isCandidate(gave(RECORDED_KEY_ID), query)).toBe(true);
    expect(isCandidate(gave(`${RECORDED_KEY_ID}2`), query)).toBe(false);
  });

  it.each([
    'AssumeRole' as const,
    'AssumeRoleWithSAML' as const,
    'AssumeRoleWithWebIdentity' as const,
  ])('pitfall 17: takes an %s only with both role and name', eventName => {
    const { roleArn, sessionName } = query;
    const of = (change: object) =>
      isCandidate(assumed({ eventName, ...change }), query);
    expect(of({ roleArn, sessionName })).toBe(true);
    expect(of({ roleArn: `${roleArn}2`, sessionName })).toBe(false);
    expect(of({ roleArn, sessionName: `${sessionName}2` })).toBe(false);
  });

  it('pitfall 20: takes what carries the session’s name as its source identity', () => {
    const chained = (sourceIdentity: string) =>
      scene.call({ sessionName: 'pipeline', sourceIdentity }).record;
    expect(isCandidate(chained(query.sessionName), query)).toBe(true);
    expect(isCandidate(chained(`${query.sessionName}2`), query)).toBe(false);
  });

  it('pitfall 38: the key counts in an AssumeRole only', () => {
    const { responseElements } = assumed({ issuedKeyId: RECORDED_KEY_ID });
    const { record } = scene.call({
      sessionName: 'x',
      change: { responseElements },
    });
    expect(isCandidate(record, query)).toBe(false);
  });

  it('pitfall 17: takes the calls of the session, by its whole name', () => {
    const by = (sessionName: string) => scene.call({ sessionName }).record;
    expect(isCandidate(by(query.sessionName), query)).toBe(true);
    expect(isCandidate(by(`${query.sessionName}2`), query)).toBe(false);
    expect(isCandidate(by(`x${query.sessionName}`), query)).toBe(false);
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
