import { LeaseRow } from '../database/types';
import { anId } from '../testing/rows';
import { boundaryDocument } from './boundaryDocument';
import {
  BOUNDARY,
  deployed,
  goBackAsOperator,
  seedWithOperator,
  writeAsStranger,
} from './aws/testing/boundary';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';

const MARY = { ref: 'user:default/mary' };

describeFederation(aWorld => {
  async function aLeaseInUse(world: FederationWorld): Promise<LeaseRow> {
    const lease = await world.activeLease();
    await world
      .federation()
      .sessions.issue(MARY, lease.id, { type: 'credentials' });
    return lease;
  }

  async function kill(world: FederationWorld, lease: LeaseRow) {
    await world.end(lease);
    await world.federation().kills.kill(lease.id);
  }

  /** The id of the version that denies that lease. */
  function versionOf(world: FederationWorld, lease: string): string {
    const { versions } = world.sandbox.world.managedPolicy(BOUNDARY)!;
    return versions.find(({ document }) => document.text.includes(lease))!.id;
  }

  /** Runs something once, after the portal has read the boundary and before it writes it. */
  function betweenReadAndWrite(
    world: FederationWorld,
    work: () => Promise<void>,
    at = { action: 'CreatePolicyVersion', nth: 1 },
  ) {
    const { faults } = world.sandbox;
    const strike = faults.strike.bind(faults);
    let calls = 0;
    faults.strike = async (stage, service, action, accountId) => {
      if (stage === 'before' && action === at.action) {
        calls += 1;
        await (calls === at.nth && work());
      }
      return strike(stage, service, action, accountId);
    };
  }

  const wanted = (...ids: string[]) => JSON.parse(boundaryDocument(ids));
  const repairs = (world: FederationWorld) =>
    world.database.audit.list({ action: 'boundary.repaired' }, { limit: 10 });

  describe('a version that operators write between the portal’s read and its write', () => {
    it('I4: the lease that it denies is revoked, and stays denied', async () => {
      const world = await aWorld();
      const [ended, open] = [
        await aLeaseInUse(world),
        await aLeaseInUse(world),
      ];
      betweenReadAndWrite(world, () =>
        writeAsStranger(world, boundaryDocument([open.id])),
      );
      await kill(world, ended);
      expect(deployed(world)).toEqual(wanted(ended.id, open.id));
      expect(await world.database.leases.get(open.id)).toMatchObject({
        status: 'revoked',
        closedBy: 'system',
        kill: 'requested',
      });
      expect(await world.killOf(ended)).toBe('probed');
      expect((await repairs(world)).map(({ details }) => details)).toEqual([
        expect.objectContaining({ revoked: [open.id], lifted: false }),
      ]);
    });

    it('I4: a lease that a restored database does not know stays denied', async () => {
      const world = await aWorld();
      const ended = await aLeaseInUse(world);
      const lost = anId();
      betweenReadAndWrite(world, () =>
        writeAsStranger(world, boundaryDocument([lost])),
      );
      await kill(world, ended);
      expect(deployed(world)).toEqual(wanted(ended.id, lost));
    });

    it('I4: a deny of everybody does not go unsaid', async () => {
      const world = await aWorld();
      const ended = await aLeaseInUse(world);
      betweenReadAndWrite(world, () =>
        writeAsStranger(
          world,
          JSON.stringify({
            Version: '2012-10-17',
            Statement: { Effect: 'Deny', Action: '*', Resource: '*' },
          }),
        ),
      );
      await kill(world, ended);
      expect(deployed(world)).toEqual(wanted(ended.id));
      const [{ details }] = await repairs(world);
      expect(details).toMatchObject({ lifted: true });
    });

    it('I4: an older version that they put in force again counts, too', async () => {
      const world = await aWorld({ seed: seedWithOperator() });
      const lost = anId();
      await writeAsStranger(world, boundaryDocument([lost]));
      const id = versionOf(world, lost);
      await writeAsStranger(world, boundaryDocument([]));
      const ended = await aLeaseInUse(world);
      betweenReadAndWrite(world, () => goBackAsOperator(world, id), {
        // The first reads, the second is part of the write.
        action: 'ListPolicyVersions',
        nth: 2,
      });
      await kill(world, ended);
      expect(deployed(world)).toEqual(wanted(ended.id, lost));
    });
  });

  describe('a deny that a write of the portal took out before it failed', () => {
    /** An operator writes between read and write, and nothing of that kind is answered after the write. */
    async function killThatFails(
      world: FederationWorld,
      lease: LeaseRow,
      options: { documents: string[]; unanswered: string },
    ) {
      await world.end(lease);
      let forget = () => {};
      betweenReadAndWrite(world, async () => {
        for (const document of options.documents) {
          await writeAsStranger(world, document);
        }
        forget = world.sandbox.faults.inject({
          service: 'iam',
          action: options.unanswered,
          effect: 'deny',
        });
      });
      await expect(
        world.federation().kills.kill(lease.id),
      ).rejects.toMatchObject({ code: 'aws-unavailable' });
      forget();
    }

    it.each(['ListPolicyVersions', 'GetPolicyVersion'])(
      'I4: is put back by the next process, where %s failed',
      async unanswered => {
        const world = await aWorld();
        const ended = await aLeaseInUse(world);
        const open = await aLeaseInUse(world);
        const unknown = anId();
        await killThatFails(world, ended, {
          documents: [boundaryDocument([open.id, unknown])],
          unanswered,
        });
        expect(deployed(world)).toEqual(wanted(ended.id));
        await world.federation().kills.kill(ended.id);
        expect(deployed(world)).toEqual(wanted(ended.id, open.id, unknown));
        expect(await world.database.leases.get(open.id)).toMatchObject({
          status: 'revoked',
          closedBy: 'system',
        });
        expect((await repairs(world)).map(({ details }) => details)).toEqual([
          expect.objectContaining({ revoked: [open.id] }),
        ]);
      },
    );

    it('stays out where the operator took it out before the portal wrote', async () => {
      const world = await aWorld();
      const ended = await aLeaseInUse(world);
      const taken = { Sid: 'Lifted', ...wanted().Statement[0] };
      await killThatFails(world, ended, {
        documents: [
          boundaryDocument([anId()]),
          JSON.stringify({ ...wanted(), Statement: [taken] }),
        ],
        unanswered: 'ListPolicyVersions',
      });
      await world.federation().kills.kill(ended.id);
      expect(deployed(world)).toEqual(wanted(ended.id));
    });
  });

  it('I4: an older version that they put in force again is not written over before it is read', async () => {
    const world = await aWorld({ seed: seedWithOperator() });
    const lost = anId();
    await writeAsStranger(world, boundaryDocument([lost]));
    const id = versionOf(world, lost);
    world.clock.pass(16);
    await writeAsStranger(world, boundaryDocument([]));
    const ended = await aLeaseInUse(world);
    await world.end(ended);
    let forget = () => {};
    betweenReadAndWrite(
      world,
      async () => {
        await goBackAsOperator(world, id);
        forget = world.sandbox.faults.inject({
          service: 'iam',
          action: 'GetPolicyVersion',
          effect: 'deny',
        });
      },
      { action: 'ListPolicyVersions', nth: 2 },
    );
    await expect(world.federation().kills.kill(ended.id)).rejects.toMatchObject(
      { code: 'aws-unavailable' },
    );
    forget();
    await world.federation().kills.kill(ended.id);
    expect(deployed(world)).toEqual(wanted(ended.id, lost));
  });

  it('I4: a deny that operators undo by going back to an older version revokes nothing later', async () => {
    const world = await aWorld({ seed: seedWithOperator() });
    const [ended, open] = [await aLeaseInUse(world), await aLeaseInUse(world)];
    const { id } = world.sandbox.world.managedPolicy(BOUNDARY)!.current.stored;
    await writeAsStranger(world, boundaryDocument([open.id]));
    await goBackAsOperator(world, id);
    await kill(world, ended);
    await world.federation().kills.kill(ended.id);
    expect(deployed(world)).toEqual(wanted(ended.id));
    expect(await world.database.leases.get(open.id)).toMatchObject({
      status: 'approved',
    });
  });

  describe('earlier versions that cannot be read', () => {
    it.each<[string, boolean, (world: FederationWorld) => void]>([
      [
        'were deleted meanwhile',
        false,
        world => {
          const { versions } = world.sandbox.world.managedPolicy(BOUNDARY)!;
          versions.splice(0, 1);
        },
      ],
      [
        'are refused',
        true,
        world => {
          const forget = world.sandbox.faults.inject({
            service: 'iam',
            action: 'GetPolicyVersion',
            effect: 'deny',
          });
          betweenReadAndWrite(world, async () => forget());
        },
      ],
    ])('I4: hold up no kill where they %s', async (_why, warned, breakIt) => {
      const world = await aWorld();
      const ended = await aLeaseInUse(world);
      await writeAsStranger(world, boundaryDocument([]));
      betweenReadAndWrite(world, async () => breakIt(world), {
        // The first reads the version in force.
        action: 'GetPolicyVersion',
        nth: 2,
      });
      await kill(world, ended);
      expect(deployed(world)).toEqual(wanted(ended.id));
      // What is gone is no trouble; the others are looked at.
      const warnings = JSON.stringify(world.logger.warn.mock.calls);
      expect(warnings.includes('earlier versions')).toBe(warned);
      expect(await world.killOf(ended)).toBe('probed');
    });
  });

  it('I4: a deny that operators take out later does not come back', async () => {
    const world = await aWorld();
    const ended = await aLeaseInUse(world);
    await writeAsStranger(world, boundaryDocument([anId()]));
    world.clock.pass(16);
    await writeAsStranger(world, boundaryDocument([]));
    await kill(world, ended);
    expect(deployed(world)).toEqual(wanted(ended.id));
  });

  it('what another replica writes meanwhile is no change of others', async () => {
    const world = await aWorld();
    const [one, other] = [await aLeaseInUse(world), await aLeaseInUse(world)];
    betweenReadAndWrite(world, () => kill(world, other));
    await kill(world, one);
    expect(deployed(world)).toEqual(wanted(one.id, other.id));
    expect(await repairs(world)).toEqual([]);
    expect(await world.killOf(one)).toBe('probed');
    expect(await world.killOf(other)).toBe('probed');
  });
});
