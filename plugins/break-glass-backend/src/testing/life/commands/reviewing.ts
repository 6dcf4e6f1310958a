// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { aLeaseThatIs, aReviewer } from './draws';
import { commandsOf } from './LifeCommand';
import { aPartOr, whoIs } from './parts';

const DAY = 24 * 3_600_000;

/** A verdict. */
export const reviewing = commandsOf(
  'review',
  fc.record({
    caller: aPartOr(aReviewer),
    lease: aLeaseThatIs('in review'),
    verdict: fc.constantFrom(
      'accepted' as const,
      'accepted' as const,
      'flagged' as const,
    ),
    shown: fc.constantFrom('right', 'right', 'right', 'old'),
    override: fc.boolean(),
  }),
  async (world, { caller: drawn, lease: pick, verdict, shown, override }) => {
    const lease = world.lease(pick);
    if (!lease) {
      return;
    }
    const caller = whoIs(world, lease, drawn);
    world.touch(lease.id);
    const evidence = world
      .stored()
      .tables.evidence.find(each => each.lease_id === lease.id);
    const answer = await world.attempt(caller, () =>
      world.services.reviews.review({ ref: caller }, lease.id, {
        verdict,
        comment: 'Looked at',
        checklist: {
          ended: true,
          matchesReason: true,
          rotated: true,
          lessons: false,
        },
        followUps:
          verdict === 'flagged'
            ? [
                {
                  title: 'Rotate the key',
                  owner: lease.requester,
                  dueAt: new Date(world.now() + DAY).toISOString(),
                },
              ]
            : [],
        evidenceHash:
          shown === 'right' && evidence ? evidence.hash : 'f'.repeat(64),
        override: override ? 'The logs are late' : undefined,
      }),
    );
    if ('done' in answer && evidence && shown === 'old') {
      world.report('I7: a verdict on older evidence was taken');
    }
  },
);
