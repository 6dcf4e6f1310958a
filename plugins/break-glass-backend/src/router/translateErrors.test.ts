import { aRequest } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { startTestPortal, tokenOf } from '../testing/startTestPortal';

jest.setTimeout(60_000);

describeDatabases((_name, open) => {
  describe('errors', () => {
    it('tell people nothing of the inside, and the log everything', async () => {
      const { knex } = await open();
      const portal = await startTestPortal({ knex });
      try {
        await knex.schema.renameTable('leases', 'leases_gone');
        const response = await portal.fetch(
          '/v1/leases',
          { method: 'POST', body: JSON.stringify(aRequest()) },
          tokenOf('mary'),
        );
        await knex.schema.renameTable('leases_gone', 'leases');

        expect(response.status).toBe(500);
        const text = await response.text();
        expect(text).toContain('Something went wrong inside the portal');
        expect(text).not.toMatch(/leases_|insert|select|sqlite|relation/i);
        expect(portal.logs.join()).toMatch(/failed unexpectedly: .*leases/);
      } finally {
        await portal.stop();
      }
    });

    it('say what is wrong with a body that is no JSON', async () => {
      const portal = await startTestPortal({ knex: (await open()).knex });
      try {
        const response = await portal.fetch(
          '/v1/leases',
          { method: 'POST', body: '{"durationMinutes":NaN}' },
          tokenOf('mary'),
        );

        expect(response.status).toBe(400);
        expect((await response.json()).error).toMatchObject({
          code: 'invalid-input',
          message: 'The body of the request is not JSON.',
        });
      } finally {
        await portal.stop();
      }
    });
  });
});
