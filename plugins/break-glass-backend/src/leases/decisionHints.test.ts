import { Entity } from '@backstage/catalog-model';
import { aPendingLease, anActiveLease } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { demoEntities } from '../testing/demoEntities';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';

jest.setTimeout(60_000);

const MANAGER = 'example.com/manager';

describe('what an approver is told to weigh', () => {
  describeDatabases((_name, open) => {
    let portal: TestPortal;

    const start = async (managers: Record<string, string> = {}) => {
      const { knex } = await open();
      portal = await startTestPortal({
        knex,
        entities: demoEntities().map(entity => managed(entity, managers)),
        configure: section => {
          section.managerAnnotation = MANAGER;
        },
      });
    };
    afterEach(() => portal.stop());

    const hintsFor = async (approver: string, requester = 'mary') => {
      const lease = await aPendingLease(portal, {}, requester);
      const { hints } = await portal.as(approver, 'getLease', {
        params: { id: lease.id },
      });
      return hints;
    };
    const codesFor = async (approver: string, requester?: string) =>
      (await hintsFor(approver, requester)).map(({ code }) => code);

    it('how often they approved the same person, from the third time on', async () => {
      await start();
      for (const minutes of [60, 61]) {
        await anActiveLease(portal, { durationMinutes: minutes });
      }
      expect(await hintsFor('daniel')).toEqual([]);
      const { items } = await portal.as('mary', 'listLeases', {
        query: { view: 'mine', status: ['pending'] as never },
      });
      await portal.as('daniel', 'decideLease', {
        params: { id: items[0].id },
        body: {
          verdict: 'approve',
          scopeHash: items[0].scopeHash,
          term: items[0].term,
        },
      });
      const [hint] = await hintsFor('daniel');
      expect(hint.code).toBe('pair-history');
      expect(hint.message).toContain('3 requests of Mary');
      portal.clock.advance({ hours: 91 * 24 });
      expect(await hintsFor('daniel')).toEqual([]);
    });

    it('that the two approve each other, at once', async () => {
      await start();
      await anActiveLease(portal, {}, 'mary', 'daniel');
      await anActiveLease(portal, {}, 'daniel', 'mary');
      const [hint] = await hintsFor('daniel');
      expect(hint.message).toMatch(/Mary .* approved one request of yours/);
    });

    it('that the requester reports to them, over any number of levels, or they to the requester', async () => {
      await start({ mary: 'carla', carla: 'user:default/daniel' });
      expect(await codesFor('daniel')).toEqual(['reporting-line']);
      expect(await codesFor('mary', 'daniel')).toEqual(['reporting-line']);
    });

    it('nothing of a circle of managers, and nothing to who cannot decide', async () => {
      await start({ mary: 'carla', carla: 'mary' });
      expect(await codesFor('daniel')).toEqual([]);
      await start({ mary: 'daniel' });
      expect(await codesFor('mary')).toEqual([]);
    });
  });
});

function managed(entity: Entity, managers: Record<string, string>): Entity {
  const manager = managers[entity.metadata.name];
  return entity.kind === 'User' && manager
    ? {
        ...entity,
        metadata: {
          ...entity.metadata,
          annotations: { ...entity.metadata.annotations, [MANAGER]: manager },
        },
      }
    : entity;
}
