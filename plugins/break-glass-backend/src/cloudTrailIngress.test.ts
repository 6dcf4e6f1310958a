import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import {
  DefaultEventsService,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { aConsoleLoginRecord } from 'backstage-plugin-break-glass-node/testUtils';
import { cloudTrailIngress, INGRESS_KEY_HEADER } from './cloudTrailIngress';
import { describeDatabases } from './testing/databases';
import { startTestPortal, TestPortal } from './testing/startTestPortal';
import { waitFor } from './testing/waitFor';

jest.setTimeout(60_000);

const KEY = 'a-key-that-only-eventbridge-has-1234';
const SEALED_USER = 'arn:aws:iam::111122223333:user/break-glass-1';

/** The portal's own events service within one process: that of test backends joins no plugins. */
const localEvents = createServiceFactory({
  service: eventsServiceRef,
  deps: { plugin: coreServices.pluginMetadata },
  createRootContext: () =>
    DefaultEventsService.create({
      logger: mockServices.logger.mock(),
      useEventBus: 'never',
    }),
  factory: ({ plugin }, service) => service.forPlugin(plugin.getId()),
});

describeDatabases((_name, open) => {
  let portal: TestPortal;
  const start = async (ingressKey?: string) => {
    portal = await startTestPortal({
      knex: (await open()).knex,
      features: [eventsPlugin, cloudTrailIngress, localEvents],
      configure: section => {
        section.unbrokered = {
          ...section.unbrokered,
          ingressKey,
          emergencyUsers: [
            {
              arn: SEALED_USER,
              title: 'Seal 1',
              owner: 'group:default/ciso-office',
            },
          ],
        };
      },
    });
  };
  afterEach(() => portal.stop());

  /** As an API destination of EventBridge posts it. */
  const post = (headers: Record<string, string>) =>
    fetch(
      portal.url.replace(
        '/api/break-glass',
        '/api/events/http/break-glass.cloudtrail',
      ),
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({
          source: 'aws.signin',
          'detail-type': 'AWS Console Sign In via CloudTrail',
          detail: aConsoleLoginRecord({
            at: portal.clock.now(),
            userArn: SEALED_USER,
          }),
        }),
      },
    );
  const uses = async () =>
    (await portal.as('oscar', 'listUnbrokered', { query: {} })).items;

  describe('the HTTP ingress of CloudTrail events', () => {
    it('raises the alarm at once', async () => {
      await start(KEY);
      const { status } = await post({ [INGRESS_KEY_HEADER]: KEY });
      expect(status).toBe(202);
      await waitFor(async () => (await uses()).length > 0);
      expect(await uses()).toMatchObject([
        { emergencyUser: 'Seal 1', via: 'topic', seenInLogs: false },
      ]);
      await waitFor(async () => portal.notifications.length > 0);
      expect(portal.notifications[0].payload.severity).toBe('critical');
    });

    it.each<[string, Record<string, string>]>([
      ['without the key', {}],
      ['with another key', { [INGRESS_KEY_HEADER]: `${KEY}5` }],
      ['with the key in another place', { Authorization: `Bearer ${KEY}` }],
    ])('lets nobody in %s', async (_what, headers) => {
      await start(KEY);
      const response = await post(headers);
      expect([401, 403]).toContain(response.status);
      expect(await response.text()).not.toContain(KEY);
      expect(await uses()).toEqual([]);
    });

    it('is not there without a configured key', async () => {
      await start();
      const { status } = await post({ [INGRESS_KEY_HEADER]: KEY });
      expect(status).toBe(404);
    });
  });
});
