import { ListBucketsCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { anActiveLease } from './testing/aLease';
import { awsAs, outcomeOf } from './testing/awsAs';
import { describeDatabases } from './testing/databases';
import {
  BrokerService,
  brokerModule,
  httpBroker,
  startBrokerService,
} from './testing/startBrokerService';
import { startTestPortal } from './testing/startTestPortal';
import { waitFor } from './testing/waitFor';

jest.setTimeout(120_000);

describeDatabases((_name, open) => {
  let service: BrokerService;
  beforeEach(async () => {
    service = await startBrokerService();
  });
  afterEach(() => service.stop());

  /** A portal without any AWS key, which takes credentials from the service. */
  async function aPortal() {
    const { knex } = await open();
    const portal = await startTestPortal({
      knex,
      aws: {},
      features: [brokerModule(httpBroker(service))],
    });
    service.aws = {
      url: portal.sandbox.url,
      now: () => portal.clock.now(),
    };
    return portal;
  }

  it('runs a whole lease through a broker of a module: issue, use, end, kill, probe', async () => {
    const portal = await aPortal();
    try {
      const lease = await anActiveLease(portal);
      const of = { params: { id: lease.id } };
      const issued = await portal.as('mary', 'createSession', {
        ...of,
        body: { type: 'credentials' },
      });
      const { s3 } = awsAs(portal, issued);
      expect(await outcomeOf(s3().send(new ListBucketsCommand({})))).toBe(
        'done',
      );
      const fix = () =>
        outcomeOf(
          s3().send(
            new PutBucketPolicyCommand({
              Bucket: 'payroll-reports',
              Policy: JSON.stringify({
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
                    Action: 's3:*',
                    Resource: 'arn:aws:s3:::payroll-reports',
                  },
                ],
              }),
            }),
          ),
        );
      expect(await fix()).toBe('done');
      await portal.as('mary', 'endLease', { ...of, body: {} });
      await waitFor(
        async () => (await portal.as('mary', 'getLease', of)).kill === 'probed',
      );
      expect(await fix()).toBe('AccessDenied');
      const role = (name: string) =>
        `arn:aws:iam::111122223333:role/break-glass/${name}`;
      expect(service.asked).toEqual([
        role('BreakGlassAdmin'),
        role('BreakGlassKiller'),
        role('BreakGlassAdmin'),
      ]);
    } finally {
      await portal.stop();
    }
  });

  it('does not start with two of them', async () => {
    const { knex } = await open();
    const broker = httpBroker(service);
    await expect(
      startTestPortal({
        knex,
        features: [brokerModule(broker), brokerModule(broker, 'second')],
      }),
    ).rejects.toThrow('Two credential brokers for break glass');
  });
});
