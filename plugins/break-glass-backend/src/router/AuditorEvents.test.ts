// The sealed log of Backstage is what operators build alarms on: its ids are part of the product.
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { auditorEvents, routes } from 'backstage-plugin-break-glass-common';
import { readFileSync } from 'fs';
import { join } from 'path';
import { aPendingLease, anActiveLease } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { repositoryRoot } from '../testing/demoEntities';
import { startTestPortal } from '../testing/startTestPortal';

jest.setTimeout(60_000);

/** An auditor that keeps what it is told, or cannot be told anything. */
function anAuditor(broken: boolean) {
  const told: string[] = [];
  const factory = createServiceFactory({
    service: coreServices.auditor,
    deps: {},
    factory: () => ({
      createEvent: async ({ eventId, severityLevel, meta }) => {
        if (broken) {
          throw new Error('The disk is full');
        }
        const what = `${eventId} ${severityLevel} ${JSON.stringify(meta)}`;
        return {
          success: async () => {
            told.push(`${what} succeeded`);
          },
          fail: async ({ error }) => {
            told.push(`${what} failed: ${error.name}`);
          },
        };
      },
    }),
  });
  return { told, factory };
}

describe('events of Backstage’s auditor', () => {
  describeDatabases((_name, open) => {
    it('are told for what is done and for what is refused, with the lease and without secrets', async () => {
      const { knex } = await open();
      const { told, factory } = anAuditor(false);
      const portal = await startTestPortal({ knex, features: [factory] });
      try {
        const lease = await anActiveLease(portal);
        const input = {
          params: { id: lease.id },
          body: { type: 'credentials' as const },
        };
        const issued = await portal.as('mary', 'createSession', input);
        await portal.refusal('daniel', 'createSession', input);
        const meta = (route: string) => JSON.stringify({ route, id: lease.id });
        expect(told).toEqual([
          'lease-request medium {"route":"requestLease"} succeeded',
          `lease-decide high ${meta('decideLease')} succeeded`,
          `session-create high ${meta('createSession')} succeeded`,
          `session-create high ${meta(
            'createSession',
          )} failed: NotAllowedError`,
        ]);
        expect(issued.type).toBe('credentials');
        expect(told.join()).not.toContain(
          issued.type === 'credentials' && issued.credentials.secretAccessKey,
        );
      } finally {
        await portal.stop();
      }
    });

    it('I4: keep nothing from being ended where the auditor cannot be told', async () => {
      const { knex } = await open();
      const { factory } = anAuditor(true);
      const portal = await startTestPortal({ knex, features: [factory] });
      try {
        const lease = await anActiveLease(portal);
        const ended = await portal.as('mary', 'endLease', {
          params: { id: lease.id },
          body: {},
        });
        expect(ended.status).toBe('ended');
        expect(portal.logs.join()).toContain('The auditor could not be told');
        expect((await aPendingLease(portal)).status).toBe('pending');
      } finally {
        await portal.stop();
      }
    });
  });

  it('are in the documentation, each with its routes and its severity', () => {
    const text = readFileSync(
      join(repositoryRoot, 'docs/audit-events.md'),
      'utf8',
    );
    const rows = new Map<string, string[]>();
    for (const [route, { eventId, severityLevel }] of Object.entries(
      auditorEvents,
    )) {
      const key = `\`${eventId}\` ${severityLevel}`;
      rows.set(key, [
        ...(rows.get(key) ?? []),
        `\`${routes[route as keyof typeof routes].id}\``,
      ]);
    }
    const documented = [
      ...text.matchAll(
        /^\| (`[a-z-]+`) +\| (low|medium|high|critical) +\| (.*?) +\|$/gm,
      ),
    ].map(
      ([, id, severity, of]) => [`${id} ${severity}`, of.split(', ')] as const,
    );
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(rows));
  });
});
