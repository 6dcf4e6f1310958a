import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { aRequest } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { leaseServices } from '../testing/leaseServices';
import { NOON } from '../testing/rows';

const USERS = { groups: [], accountOwner: false };

describeDatabases((_name, open) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'break-glass-order-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('pitfall 13: steps that run in their order, decided on two replicas whose clocks differ by seconds', async () => {
    const { database } = await open({ clock: { now: () => NOON } });
    const [ahead, behind] = [NOON + 20_000, NOON].map(now => {
      const clock = { now: () => now };
      const services = leaseServices({ database, clock, folder });
      const policy = services.deps.config.approvalPolicies.find(
        ({ id }) => id === 'two-roles',
      )!;
      policy.order = 'sequential';
      policy.steps[1].from = {
        ...USERS,
        users: ['user:default/sven', 'user:default/oscar'],
      };
      policy.steps[1].count = 2;
      return services;
    });
    const caller = (name: string) => ({ ref: `user:default/${name}` } as never);
    const { id } = await behind.requests.request(
      caller('mary'),
      aRequest({
        roleId: 'break-glass-full',
        profileId: 'full',
        durationMinutes: 30,
      }),
    );
    const { scopeHash } = (await database.leases.get(id))!;
    const approve = (services: typeof ahead, name: string) =>
      services.decisions.decide(caller(name), id, {
        verdict: 'approve',
        scopeHash,
        term: { durationMinutes: 30 },
      });

    await approve(ahead, 'carla');
    await approve(behind, 'sven');
    await approve(behind, 'oscar');

    const decisions = await database.decisions.ofLeases([id]);
    expect(decisions.map(({ person }) => person)).toEqual([
      'user:default/carla',
      'user:default/sven',
      'user:default/oscar',
    ]);
    expect((await database.leases.get(id))?.status).toBe('approved');
  });
});
