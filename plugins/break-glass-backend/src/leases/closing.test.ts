import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { BreakGlassConfig, RoleConfig } from '../config/types';
import { describeDatabases } from '../testing/databases';
import { leaseServices } from '../testing/leaseServices';
import { anActiveLeaseRow, NOON } from '../testing/rows';
import { intoReview } from './closing';
import { filledArn, frozenKill } from './frozenKill';

const PLACE = { partition: 'aws-cn', accountId: '111122223333' } as const;

describe('what a lease carries when it is over', () => {
  const boundary: RoleConfig['kill'] = {
    type: 'boundary',
    policyArn: 'arn:${partition}:iam::${accountId}:policy/Boundary',
    killerRoleArn: 'arn:${partition}:iam::${accountId}:role/Killer',
  };
  const configOf = (kill?: RoleConfig['kill']) =>
    ({
      roles: kill ? [{ id: 'break-glass', kill }] : [],
      externalIds: { [PLACE.accountId]: 'ext' },
      review: { dueMinutes: 60 },
    } as unknown as BreakGlassConfig);
  const frozen = frozenKill(configOf(), { kill: boundary }, PLACE);

  it('freezes where it is killed, in its own account and partition', () => {
    expect(frozen).toEqual({
      killPolicyArn: 'arn:aws-cn:iam::111122223333:policy/Boundary',
      killerRoleArn: 'arn:aws-cn:iam::111122223333:role/Killer',
      killExternalId: 'ext',
    });
    expect(frozenKill(configOf(), { kill: { type: 'none' } }, PLACE)).toEqual(
      {},
    );
    expect(filledArn('plain', PLACE)).toBe('plain');
  });

  it.each([
    ['left the configuration', undefined],
    ['has no boundary any more', { type: 'none' as const }],
    ['is as it was', boundary],
  ])('I4: asks for the kill, though the role %s', (_, kill) => {
    const row = anActiveLeaseRow(frozen);
    expect(intoReview(configOf(kill), row, NOON, NOON, true)).toMatchObject({
      kill: 'requested',
      killRequestedAt: NOON,
    });
  });

  it('says that nothing can be killed where no boundary was nor is', () => {
    const row = anActiveLeaseRow();
    expect(
      intoReview(configOf({ type: 'none' }), row, NOON, NOON, true),
    ).toMatchObject({ kill: 'not-deployed' });
  });
});

describeDatabases((_name, open) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'break-glass-closing-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    'done, dropped X-Amz-Security-Token',
    'aws_session_token FwoGZXIvYXdz leaked',
  ])(
    'I4, I6: an end happens with its entry, whatever its comment: %s',
    async comment => {
      const { database } = await open();
      const row = anActiveLeaseRow();
      await database.leases.insert(row);
      const clock = { now: () => NOON + 1 };
      const { closing } = leaseServices({ database, clock, folder });
      await closing.end({ ref: row.requester } as never, row.id, comment);
      expect((await database.leases.get(row.id))?.status).toBe('ended');
      const [entry] = await database.audit.list(
        { leaseId: row.id },
        { limit: 10 },
      );
      expect(entry).toMatchObject({
        action: 'lease.end',
        outcome: 'done',
        details: { comment: '[withheld: looks like a secret]' },
      });
    },
  );
});
