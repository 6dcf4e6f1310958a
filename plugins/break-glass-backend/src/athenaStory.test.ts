import { GetBucketPolicyCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { describeDatabases } from './testing/databases';
import { anActiveLease } from './testing/aLease';
import { awsAs, outcomeOf } from './testing/awsAs';
import { startTestPortal, TestPortal } from './testing/startTestPortal';
import { waitFor } from './testing/waitFor';

jest.setTimeout(120_000);

/** Athena of the sandbox in the place of files; the addresses of the sandbox stand under the partition. */
const withAthena =
  (keys: object = {}) =>
  (section: Record<string, any>) => {
    section.activity = {
      athena: [
        {
          accountId: '555566667777',
          region: 'eu-central-1',
          endpoint: section.partitions.aws.endpoints.sts,
          workgroup: 'break-glass',
          database: 'cloudtrail',
          table: 'trail',
          layout: 'trail',
          maxBytesPerQuery: '10GB',
          ...keys,
        },
      ],
    };
  };

describeDatabases((_name, open) => {
  let portal: TestPortal;
  const start = async (keys?: object) => {
    const { knex } = await open();
    portal = await startTestPortal({ knex, configure: withAthena(keys) });
  };
  afterEach(() => portal.stop());

  const logSource = async () => {
    const { parts } = await portal.as('ada', 'health', {});
    return parts.find(({ name }) => name === 'log-source');
  };

  it('shows what was done under a lease, read with Athena, and what that read', async () => {
    await start();
    const lease = await anActiveLease(portal);
    const params = { id: lease.id };
    const issued = await portal.as('mary', 'createSession', {
      params,
      body: { type: 'credentials' },
    });
    const s3 = awsAs(portal, issued).s3();
    await outcomeOf(s3.send(new ListBucketsCommand({})));
    await outcomeOf(
      s3.send(new GetBucketPolicyCommand({ Bucket: 'payroll-reports' })),
    );
    await portal.as('mary', 'endLease', { params, body: {} });
    await portal.sandbox.deliverNow();

    const list = () => portal.as('rita', 'listActivity', { params, query: {} });
    await waitFor(async () => {
      portal.clock.advance({ minutes: 1 });
      await portal.refusal('rita', 'collectActivity', { params });
      return (await list()).items.length >= 2;
    });

    const { items, completeness } = await list();
    expect(items.map(({ action }) => action).sort()).toEqual([
      'GetBucketPolicy',
      'ListBuckets',
    ]);
    expect(completeness).toMatchObject({
      source: 'CloudTrail logs in Athena',
      regions: expect.arrayContaining(['eu-central-1']),
      sessionsMissing: [],
      unreadable: [],
    });
    expect(completeness.bytesScanned).toBeGreaterThan(0);
  });

  it('starts without a table to read, warns, and says in health what mends it', async () => {
    await start({ table: 'nowhere' });
    await waitFor(async () =>
      portal.logs.some(line => line.startsWith('The logs cannot be read')),
    );
    expect(await logSource()).toEqual({
      name: 'log-source',
      ok: false,
      words: expect.stringContaining('Check that the table exists'),
    });
  });
});
