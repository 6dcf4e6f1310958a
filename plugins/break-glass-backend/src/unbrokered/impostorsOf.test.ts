import { aCall, anAssumeRole, arnOf, ROLE_ARN } from '../activity/testing';
import { SessionRow } from '../database/types';
import { aSessionRow, NOON } from '../testing/rows';
import { impostorsOf } from './impostorsOf';

const MINUTE = 60_000;
const NAME = 'mary@01K6F000000000000000000000';
const at = (minutes: number) =>
  `${new Date(NOON + minutes * MINUTE).toISOString().slice(0, 19)}Z`;

/** A session of the lease, issued at noon. */
const session: SessionRow = aSessionRow({
  roleArn: ROLE_ARN,
  sessionName: NAME,
  accessKeyId: 'ASIAOURS000000000001',
});
const stranger = {
  roleArn: ROLE_ARN,
  sessionName: NAME,
  accessKeyId: 'ASIASTRANGER00000001',
};
const call = (minutes: number, change: object = {}) =>
  aCall({ sessionName: NAME, createdAt: at(minutes), ...change });

describe('sessions that carry a lease’s name without being of it', () => {
  it('pitfall 38: are told by their AssumeRole, once with all their calls', () => {
    const uses = impostorsOf(
      [call(30), anAssumeRole(stranger, at(30)), call(30)],
      [session],
    );
    expect(uses).toMatchObject([
      {
        kind: 'assume-role',
        issuedKeyId: stranger.accessKeyId,
        session: { arn: arnOf(NAME), createdAt: NOON + 30 * MINUTE },
      },
    ]);
  });

  it('are told by their calls where the AssumeRole is not in the logs', () => {
    const uses = impostorsOf([call(30), call(30), call(50)], [session]);
    expect(uses.map(use => [use.kind, use.at])).toEqual([
      ['session', NOON + 30 * MINUTE],
      ['session', NOON + 50 * MINUTE],
    ]);
  });

  it('are not the lease’s own session, whose AssumeRole record is late', () => {
    expect(impostorsOf([call(0)], [session])).toEqual([]);
    const lost = { ...session, issuedAt: undefined, accessKeyId: undefined };
    expect(impostorsOf([call(30)], [lost])).toEqual([]);
  });

  it('are not what was done in other roles under its source identity', () => {
    const chained = call(30, {
      role: 'Other',
      sessionName: 'other',
      sourceIdentity: NAME,
    });
    const other = anAssumeRole(
      { ...stranger, roleArn: ROLE_ARN.replace('Admin', 'Other') },
      at(30),
    );
    expect(impostorsOf([chained, other], [session])).toEqual([]);
  });

  it('are none where nothing was left over', () => {
    expect(impostorsOf([], [session])).toEqual([]);
  });
});
