import { Entity } from '@backstage/catalog-model';
import { aPendingLease, decisionOn } from '../testing/aLease';
import { untrusted } from '../testing/catalog';
import { describeDatabases } from '../testing/databases';
import { startTestPortal } from '../testing/startTestPortal';

jest.setTimeout(60_000);

const named = (entities: Entity[], name: string) =>
  entities.find(entity => entity.metadata.name === name)!;

describeDatabases((_name, open) => {
  it('I1: nobody approves their own request once the entity that asked is gone', async () => {
    const { knex } = await open();
    const portal = await startTestPortal({ knex });
    try {
      const pending = await aPendingLease(portal);
      const mary = named(portal.entities, 'mary');
      // Priya turns out to be Mary's second entity, by address alone, and the first is gone.
      named(portal.entities, 'priya').spec!.profile = {
        displayName: 'Priya',
        email: (mary.spec as any).profile.email,
      };
      Object.assign(mary, untrusted(structuredClone(mary)));

      expect(
        await portal.refusal('priya', 'decideLease', decisionOn(pending)),
      ).toBe('person-unknown');
    } finally {
      await portal.stop();
    }
  });
});
