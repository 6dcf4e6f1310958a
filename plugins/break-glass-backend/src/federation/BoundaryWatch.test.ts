import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { LeaseRow } from '../database/types';
import { anId } from '../testing/rows';
import { asSession, keysOf } from './aws/testing/asSession';
import { boundaryDocument, hasRoom } from './boundaryDocument';
import { describeFederation } from './testing/describeFederation';
import {
  BOUNDARY as ARN,
  deployed,
  writeAsStranger,
} from './aws/testing/boundary';
import { FederationWorld } from './testing/FederationWorld';

const MARY = { ref: 'user:default/mary' };
const never = new AbortController().signal;

describeFederation(aWorld => {
  async function aKilledLease(world: FederationWorld) {
    world.config.responders = {
      groups: ['group:default/responders'],
      users: [],
      accountOwner: false,
    };
    const lease = await world.activeLease();
    const federation = world.federation();
    const session = await federation.sessions.issue(MARY, lease.id, {
      type: 'credentials',
    });
    await world.end(lease);
    await federation.kills.kill(lease.id);
    await emptyOutbox(world);
    const use = () =>
      asSession(world, keysOf(session)).s3.send(new ListBucketsCommand({}));
    return { lease, federation, use };
  }

  /** Messages that wait, each once. */
  async function emptyOutbox(world: FederationWorld) {
    const { outbox } = world.database;
    const due = await outbox.claim(world.clock.now(), 100, 1_000);
    for (const { id } of due) {
      await outbox.delivered(id, world.clock.now());
    }
    return due.map(({ message }) => message);
  }

  const wanted = (...leases: LeaseRow[]) =>
    JSON.parse(boundaryDocument(leases.map(({ id }) => id)));
  const repairs = (world: FederationWorld) =>
    world.database.audit.list({ action: 'boundary.repaired' }, { limit: 10 });

  it('I4: a kill that somebody took away is made and probed again, with an alarm', async () => {
    const world = await aWorld();
    const { lease, federation, use } = await aKilledLease(world);
    world.clock.pass(3);
    await writeAsStranger(world, boundaryDocument([]));
    await use();

    await federation.boundaryWatch.run(never);

    expect(deployed(world)).toEqual(wanted(lease));
    await expect(use()).rejects.toThrow('explicit deny');
    const row = (await world.database.leases.get(lease.id))!;
    expect(row).toMatchObject({ kill: 'requested' });
    expect(row.killProbedAt).toBeUndefined();
    expect(await repairs(world)).toEqual([
      expect.objectContaining({
        actor: 'system',
        details: expect.objectContaining({
          policyArn: ARN,
          missing: [lease.id],
          unknown: [],
          rewritten: false,
        }),
      }),
    ]);
    const messages = await emptyOutbox(world);
    expect(messages).toContainEqual({ kind: 'kill', leaseId: lease.id });
    expect(messages).toContainEqual(
      expect.objectContaining({
        kind: 'notification',
        severity: 'critical',
        recipients: ['group:default/responders'],
      }),
    );

    await federation.kills.kill(lease.id);
    expect(await world.database.leases.get(lease.id)).toMatchObject({
      kill: 'probed',
      killProbedAt: world.clock.now(),
    });
  });

  it('evidence that counted on the lost kill is looked for again', async () => {
    const world = await aWorld();
    const { lease, federation } = await aKilledLease(world);
    const row = (await world.database.leases.get(lease.id))!;
    await world.database.leases.update(row.id, row.version, {
      reviewState: 'open',
    });
    world.clock.pass(3);
    await writeAsStranger(world, boundaryDocument([]));
    await federation.boundaryWatch.run(never);
    expect(await world.database.leases.get(lease.id)).toMatchObject({
      reviewState: 'collecting',
      collectDueAt: world.clock.now(),
    });
  });

  it('a later kill that finds an earlier one gone says so, too', async () => {
    const world = await aWorld();
    const { lease, federation } = await aKilledLease(world);
    world.clock.pass(3);
    await writeAsStranger(world, boundaryDocument([]));
    const second = await world.activeLease();
    await federation.sessions.issue(MARY, second.id, { type: 'credentials' });
    await world.end(second);
    await federation.kills.kill(second.id);
    expect(await repairs(world)).toHaveLength(1);
    expect(await world.killOf(lease)).toBe('requested');
    expect(await world.killOf(second)).toBe('probed');
  });

  it.each<[string, (lease: LeaseRow) => string]>([
    [
      'another form',
      () =>
        JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' },
          ],
        }),
    ],
    [
      'a deny of something else than a lease',
      ({ id }) => boundaryDocument([id, 'everybody']),
    ],
  ])(
    'what somebody added is taken away, with an alarm: %s',
    async (_, document) => {
      const world = await aWorld();
      const { lease, federation } = await aKilledLease(world);
      await writeAsStranger(world, document(lease));
      await federation.boundaryWatch.run(never);
      expect(deployed(world)).toEqual(wanted(lease));
      expect(await repairs(world)).toHaveLength(1);
      expect(await emptyOutbox(world)).toContainEqual(
        expect.objectContaining({ kind: 'notification' }),
      );
    },
  );

  it('I4: a lease that operators killed without the portal is revoked, and stays denied', async () => {
    const world = await aWorld();
    const { lease, federation } = await aKilledLease(world);
    const other = await world.activeLease();
    await federation.sessions.issue(MARY, other.id, { type: 'credentials' });
    await writeAsStranger(world, boundaryDocument([lease.id, other.id]));
    await federation.boundaryWatch.run(never);
    expect(deployed(world)).toEqual(wanted(lease, other));
    expect(await world.database.leases.get(other.id)).toMatchObject({
      status: 'revoked',
      closedBy: 'system',
      kill: 'requested',
    });
    const [{ details }] = await repairs(world);
    expect(details).toMatchObject({ revoked: [other.id], unknown: [] });
    expect(await emptyOutbox(world)).toContainEqual(
      expect.objectContaining({
        severity: 'critical',
        description: expect.stringContaining('It denied 1 lease that gave'),
      }),
    );
  });

  it('I4: a deny of a lease that a restored database does not know stays, in whatever form it was written', async () => {
    const world = await aWorld();
    const { lease, federation } = await aKilledLease(world);
    const lost = anId();
    await writeAsStranger(
      world,
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Emergency',
            Effect: 'Deny',
            Action: ['*'],
            Resource: '*',
            Condition: { StringLike: { 'aws:userid': `*:*@${lost}` } },
          },
          { Effect: 'Allow', Action: '*', Resource: '*' },
        ],
      }),
    );
    await federation.boundaryWatch.run(never);
    const both = JSON.parse(boundaryDocument([lease.id, lost]));
    expect(deployed(world)).toEqual(both);
    await federation.boundaryWatch.run(never);
    expect(deployed(world)).toEqual(both);
    // It tells once, of the form.
    expect(await repairs(world)).toHaveLength(1);

    world.clock.pass(39 * 24 * 60);
    const later = await aKilledLease(world);
    expect(deployed(world)).toEqual(wanted(later.lease));
  });

  it('I4: an id that is no lease’s keeps no kill from being made', async () => {
    const world = await aWorld();
    const { lease, federation } = await aKilledLease(world);
    const strange = ['9', '7'].map(first => first.padEnd(26, 'Z'));
    await writeAsStranger(world, boundaryDocument([lease.id, ...strange]));
    await federation.boundaryWatch.run(never);
    expect(deployed(world)).toEqual(wanted(lease));
  });

  it('I4: a closed lease stays denied as long as credentials may live that a restored database does not know', async () => {
    const world = await aWorld();
    const { lease, federation } = await aKilledLease(world);
    const restored = await world.activeLease();
    await world.end(restored);
    await writeAsStranger(world, boundaryDocument([lease.id, restored.id]));
    await federation.boundaryWatch.run(never);
    expect(deployed(world)).toEqual(wanted(lease, restored));
    expect(await repairs(world)).toEqual([]);
    world.clock.pass(60 + 16);
    await federation.boundaryWatch.run(never);
    expect(deployed(world)).toEqual(wanted());
  });

  it('I4: what has no room beside the kills of the database is left out one by one, and logged', async () => {
    const world = await aWorld();
    const { lease, federation } = await aKilledLease(world);
    const others = Array.from({ length: 190 }, () => anId());
    const full = others.filter((_, index) =>
      hasRoom([lease.id, ...others.slice(0, index + 1)]),
    );
    const later = await world.activeLease();
    await federation.sessions.issue(MARY, later.id, { type: 'credentials' });
    await writeAsStranger(world, boundaryDocument([lease.id, ...full]));
    await world.end(later);
    await federation.kills.kill(later.id);
    const { 'aws:userid': denied } =
      deployed(world).Statement[1].Condition.StringLike;
    expect(denied).toContain(`*:*@${later.id}`);
    expect(denied).toHaveLength(full.length + 1);
    expect(world.logger.error).toHaveBeenCalledWith(
      expect.stringContaining('has no room for what others deny'),
    );
  });

  it('I4: a kill that was made to deny something else only was gone', async () => {
    const world = await aWorld();
    const { lease, federation } = await aKilledLease(world);
    world.clock.pass(3);
    const document = JSON.parse(boundaryDocument([lease.id]));
    document.Statement[1].Resource = 'arn:aws:s3:::another';
    await writeAsStranger(world, JSON.stringify(document));
    await federation.boundaryWatch.run(never);
    expect(deployed(world)).toEqual(wanted(lease));
    const [{ details }] = await repairs(world);
    expect(details).toMatchObject({ missing: [lease.id], rewritten: true });
  });

  it('says that it lifted a deny of everything', async () => {
    const world = await aWorld();
    const { federation } = await aKilledLease(world);
    await writeAsStranger(
      world,
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Deny', Action: '*', Resource: '*' },
      }),
    );
    await federation.boundaryWatch.run(never);
    expect(await emptyOutbox(world)).toContainEqual(
      expect.objectContaining({
        description: expect.stringContaining('denied more than leases'),
      }),
    );
  });

  it('takes out what has expired, without an alarm', async () => {
    const world = await aWorld();
    const { federation } = await aKilledLease(world);
    world.clock.pass(60 + 16);
    await federation.boundaryWatch.run(never);
    expect(deployed(world)).toEqual(wanted());
    expect(await repairs(world)).toEqual([]);
    expect(await emptyOutbox(world)).toEqual([]);
  });

  it('changes nothing, and alarms nobody, where all is as it should be', async () => {
    const world = await aWorld();
    const { lease, federation } = await aKilledLease(world);
    const before = world.sandbox.world.managedPolicy(ARN)!.versions.length;
    await federation.boundaryWatch.run(never);
    expect(deployed(world)).toEqual(wanted(lease));
    expect(world.sandbox.world.managedPolicy(ARN)!.versions).toHaveLength(
      before,
    );
    expect(await repairs(world)).toEqual([]);
  });

  it('a kill of a moment ago that IAM does not show yet is no change of others', async () => {
    const world = await aWorld();
    const { lease, federation } = await aKilledLease(world);
    world.clock.pass(1);
    await writeAsStranger(world, boundaryDocument([]));
    await federation.boundaryWatch.run(never);
    expect(deployed(world)).toEqual(wanted(lease));
    expect(await repairs(world)).toEqual([]);
  });

  it('the first kill takes a policy of another form for what was deployed', async () => {
    const world = await aWorld();
    await writeAsStranger(
      world,
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
      }),
    );
    const { lease } = await aKilledLease(world);
    expect(deployed(world)).toEqual(wanted(lease));
    expect(await repairs(world)).toEqual([]);
  });

  it('looks at no policy without a kill of the last day', async () => {
    const world = await aWorld();
    const { federation } = await aKilledLease(world);
    world.clock.pass(24 * 60 + 1);
    world.sandbox.faults.inject({ effect: 'error' });
    await federation.boundaryWatch.run(never);
    expect(world.logger.warn).not.toHaveBeenCalled();
  });

  it('one policy that cannot be reached keeps no other waiting', async () => {
    const world = await aWorld();
    const first = await aKilledLease(world);
    const gov = await world.activeLease({
      accountRef: 'resource:default/gov-payroll',
    });
    await first.federation.sessions.issue(MARY, gov.id, {
      type: 'credentials',
    });
    await world.end(gov);
    await first.federation.kills.kill(gov.id);
    world.clock.pass(60 + 16);
    world.sandbox.faults.inject({
      effect: 'error',
      accountId: '111122223333',
      service: 'iam',
    });
    await expect(first.federation.boundaryWatch.run(never)).rejects.toThrow(
      '1 kill policies could not be looked at',
    );
    const there = world.sandbox.world.managedPolicy(
      'arn:aws-us-gov:iam::444455556666:policy/break-glass/BreakGlassBoundary',
    )!;
    expect(JSON.parse(there.current.stored.document.text)).toEqual(wanted());
  });

  it('I4: puts it right even where nothing can be written about it', async () => {
    const world = await aWorld();
    const { lease } = await aKilledLease(world);
    world.clock.pass(3);
    await writeAsStranger(world, boundaryDocument([]));
    const broken = {
      ...world.database,
      transaction: async () => {
        throw new Error('the database is gone');
      },
    };
    await world.federation({ database: broken }).boundaryWatch.run(never);
    expect(deployed(world)).toEqual(wanted(lease));
    expect(world.logger.error).toHaveBeenCalledWith(
      expect.stringContaining('could not be written down'),
    );
  });
});
