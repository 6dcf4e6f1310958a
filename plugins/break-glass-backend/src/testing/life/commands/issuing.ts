// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { LifeWorld } from '../LifeWorld';
import { aCaller, aHolder, aLeaseThatIs } from './draws';
import { commandsOf } from './LifeCommand';

const type = fc.constantFrom(
  'credentials' as const,
  'credentials' as const,
  'console' as const,
);

/** Credentials, or a console, under a lease. */
export const issuing = commandsOf(
  'issue',
  fc.record({ caller: aHolder, lease: aLeaseThatIs('active'), type }),
  async (world, input) => {
    const lease = world.lease(input.lease);
    if (lease) {
      await issue(world, lease.id, input.caller ?? lease.requester, input.type);
    }
  },
);

/** What others do while AWS makes the credentials. */
const MEANWHILE: Record<
  string,
  { by?: string; act: (world: LifeWorld, ref: string, id: string) => unknown }
> = {
  'it is ended': {
    act: ({ services }, ref, id) => services.closing.end({ ref }, id),
  },
  'it is revoked': {
    by: 'user:default/oscar',
    act: ({ services }, ref, id) => services.closing.revoke({ ref }, id),
  },
  'all is stopped': {
    by: 'user:default/nadia',
    act: ({ services }, ref) =>
      services.panics.raise(
        { ref },
        { target: { kind: 'all' }, reason: 'Something is wrong' },
      ),
  },
};

/** The same, and while AWS is at it, somebody takes the lease away. */
export const issuingMeanwhile = commandsOf(
  'issue while',
  fc.record({
    meanwhile: fc.constantFrom(...Object.keys(MEANWHILE)),
    lease: aLeaseThatIs('active'),
    type,
  }),
  async (world, { meanwhile, lease: pick, type: asked }) => {
    const lease = world.lease(pick);
    if (!lease) {
      return;
    }
    const { requester } = lease;
    world.touch(lease.id);
    const { faults } = world.sandbox;
    const release = faults.inject({
      service: 'sts',
      action: 'AssumeRole',
      effect: 'hold',
      when: 'after',
      times: 1,
    });
    const issued = issue(world, lease.id, requester, asked);
    // A lease that issues nothing does not come as far as AWS.
    const wasHeld = await Promise.race([
      faults.untilHeld().then(() => true),
      issued.then(() => false),
    ]);
    const { by = requester, act } = MEANWHILE[meanwhile];
    const taken = await world.attempt(by, async () => act(world, by, lease.id));
    release();
    const got = await issued;
    if (got && wasHeld && 'done' in taken) {
      world.report(`I3: credentials were handed out though ${meanwhile}`);
    }
  },
);

/** A session of a standing role. */
export const issuingStanding = commandsOf(
  'use a standing role',
  fc.record({
    caller: fc.oneof(
      fc.constantFrom('user:default/alice', 'user:default/peter'),
      aCaller,
    ),
    account: fc.constantFrom(
      ...['payroll', 'payroll', 'payments', 'developer-portal', 'twin-one'],
    ),
    roleId: fc.constantFrom('read-only', 'operator', 'break-glass'),
    type,
  }),
  async (world, { caller, account, roleId, type: asked }) => {
    const answer = await world.attempt(caller, () =>
      world.services.sessions.issueStanding(
        { ref: caller },
        `resource:default/${account}`,
        { roleId, type: asked },
      ),
    );
    if ('done' in answer) {
      const sessionId = answer.done.session.id;
      world.handOut({ caller, sessionId });
      noteUrl(world, answer.done);
    }
  },
);

/** @returns whether somebody got something */
async function issue(
  world: LifeWorld,
  leaseId: string,
  caller: string,
  asked: 'credentials' | 'console',
): Promise<boolean> {
  // Where the lease is not what was approved any more, that is noted on it.
  world.touch(leaseId);
  const answer = await world.attempt(caller, () =>
    world.services.sessions.issue({ ref: caller }, leaseId, { type: asked }),
  );
  if (!('done' in answer)) {
    return false;
  }
  world.handOut({ caller, leaseId, sessionId: answer.done.session.id });
  noteUrl(world, answer.done);
  return true;
}

/** A sign-in URL is a secret like others (I10). */
function noteUrl(
  world: LifeWorld,
  issued: { type: string; consoleUrl?: string },
): void {
  if (issued.consoleUrl !== undefined) {
    const token = new URL(issued.consoleUrl).searchParams.get('SigninToken');
    world.memory.secrets.add(token!);
  }
}
