// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { LifeWorld } from '../LifeWorld';
import { Row } from '../Snapshot';
import { aDecider, aLeaseThatIs, rarely } from './draws';
import { commandsOf, LifeCommand } from './LifeCommand';
import { aPart, aPartOr, whoIs } from './parts';

const STEPS = ['second-admin', 'owner', 'admin', 'ciso', 'management'];

/** What the decider's page shows: what is so, or something older. */
const SHOWN = [
  ...['right', 'right', 'right', 'right', 'right', 'right'],
  ...['old scope', 'old term'],
];

const decision = {
  caller: aPartOr(aDecider),
  verdict: fc.constantFrom(...Array(7).fill('approve'), 'reject'),
  shown: fc.constantFrom(...SHOWN),
  step: rarely(4, fc.constantFrom(...STEPS)),
};

const onRequest = fc.record({ ...decision, lease: aLeaseThatIs('pending') });
type Drawn = typeof onRequest extends fc.Arbitrary<infer T> ? T : never;

/** A decision on a request. */
export const deciding = commandsOf(
  'decide',
  onRequest,
  async (world, input) => {
    const lease = world.lease(input.lease);
    if (lease) {
      const caller = whoIs(world, lease, input.caller);
      const drawn = { ...input, caller };
      await decide(world, lease, drawn, lease.duration_minutes, body =>
        world.services.decisions.decide({ ref: caller }, lease.id, body),
      );
    }
  },
);

/** Who fits the steps of the demo's policies. */
const ASKED: Record<string, string> = {
  'second-admin': 'daniel',
  owner: 'peter',
  admin: 'daniel',
  ciso: 'carla',
  management: 'sven',
  'freeze-change': 'carla',
};

/** The same, by whom the next step asks, and on what is so: otherwise few leases would come far. */
export const approving = fc.constant(
  new LifeCommand('approve as the next who is asked', async world => {
    const lease = world.lease({ among: 'pending', back: 0 });
    const step = lease && nextStep(world, lease);
    if (lease?.status !== 'pending' || !step) {
      return;
    }
    await approve(world, lease, step, whoIsAsked(step, lease));
  }),
);

async function approve(
  world: LifeWorld,
  lease: Row,
  step: string,
  caller: string,
) {
  const input = { caller, verdict: 'approve', shown: 'right', step };
  await decide(world, lease, input, lease.duration_minutes, body =>
    world.services.decisions.decide({ ref: caller }, lease.id, body),
  );
}

/**
 * The same, by somebody whom only one rule keeps away: a part in the lease, a
 * group that the step leaves out, or an entity from an untrusted file.
 */
export const comingNear = fc
  .oneof(aPart, fc.constantFrom('user:default/dora', 'user:default/mallory'))
  .map(
    drawn =>
      new LifeCommand(`approve as ${drawn}`, async world => {
        const lease = world.lease({ among: 'pending', back: 0 });
        const step = lease && nextStep(world, lease);
        if (lease?.status === 'pending' && step) {
          await approve(world, lease, step, whoIs(world, lease, drawn));
        }
      }),
  );

/** Daniel is also a reviewer, as another entity; for his own leases there is Priya. */
function whoIsAsked(step: string, { requester_key: key }: Row): string {
  const name = ASKED[step];
  return `user:default/${name === 'daniel' && key === 'e-2' ? 'priya' : name}`;
}

function nextStep(world: LifeWorld, lease: Row): string | undefined {
  const { steps } = JSON.parse(lease.scope).approvalPolicy;
  const decided = world
    .stored()
    .decisions.filter(each => each.lease_id === lease.id)
    .map(each => each.step_id);
  return steps.find(({ id }: Row) => !decided.includes(id))?.id;
}

/** The same for an extension. */
export const approvingExtension = fc.constant(
  new LifeCommand('approve the extension as who is asked', async world => {
    const lease = world.lease({ among: 'active', back: 0 });
    const extension = lease && newestExtension(world, lease.id);
    if (lease && extension?.status === 'pending') {
      const { steps } = JSON.parse(lease.scope).approvalPolicy;
      const decided = world
        .stored()
        .extensionDecisions.filter(each => each.extension_id === extension.id);
      const step = (steps[decided.length] ?? steps[0]).id;
      const caller = whoIsAsked(step, lease);
      const input = { caller, verdict: 'approve', shown: 'right', step };
      await decide(world, lease, input, extension.to_minutes, body =>
        world.services.extensionDecisions.decide(
          { ref: caller },
          lease.id,
          extension.id,
          body,
        ),
      );
    }
  }),
);

/** A decision on an extension. */
export const decidingExtension = commandsOf(
  'decide on the extension',
  fc.record({ ...decision, lease: aLeaseThatIs('active') }),
  async (world, input) => {
    const lease = world.lease(input.lease);
    const extension = lease && newestExtension(world, lease.id);
    if (extension) {
      const caller = whoIs(world, lease, input.caller);
      const drawn = { ...input, caller };
      await decide(world, lease, drawn, extension.to_minutes, body =>
        world.services.extensionDecisions.decide(
          { ref: caller },
          lease.id,
          extension.id,
          body,
        ),
      );
    }
  },
);

/** The newest extension of a lease, as the step found it. */
export function newestExtension(
  world: LifeWorld,
  leaseId: string,
): Row | undefined {
  return [...world.stored().extensions.values()]
    .filter(each => each.lease_id === leaseId)
    .sort((a, b) => (a.id < b.id ? 1 : -1))[0];
}

async function decide(
  world: LifeWorld,
  lease: Row,
  {
    caller,
    verdict,
    shown,
    step,
  }: Omit<Drawn, 'lease' | 'step'> & { step?: string },
  durationMinutes: number,
  send: (body: {
    verdict: 'approve' | 'reject';
    scopeHash: string;
    term: { startAt?: string; durationMinutes: number };
    step?: string;
  }) => Promise<unknown>,
) {
  world.touch(lease.id);
  const startAt =
    lease.start_at === null
      ? undefined
      : new Date(lease.start_at).toISOString();
  const answer = await world.attempt(caller, () =>
    send({
      verdict: verdict as 'approve' | 'reject',
      scopeHash: shown === 'old scope' ? 'f'.repeat(64) : lease.scope_hash,
      term: {
        startAt,
        durationMinutes: durationMinutes + (shown === 'old term' ? 15 : 0),
      },
      step,
    }),
  );
  if ('done' in answer && shown !== 'right') {
    world.report(`I2: a decision on an ${shown} was taken`);
  }
}
