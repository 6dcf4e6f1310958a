import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { EMERGENCY_USER } from 'aws-sandbox';
import { UnbrokeredUse } from 'backstage-plugin-break-glass-common';
import { anActiveLease } from '../testing/aLease';
import { awsAs } from '../testing/awsAs';
import { describeDatabases } from '../testing/databases';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(120_000);

const ROLE = 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin';
const BROKER = {
  accessKeyId: 'AKIASANDBOXBROKERAWS',
  secretAccessKey: 'sandbox-broker-secret-commercial',
};
const CHECKED = {
  credentialsRotated: true,
  accessRevoked: true,
  lessonsLearned: true,
};

describeDatabases((_name, open) => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await startTestPortal({ knex: (await open()).knex });
  });
  afterEach(() => portal.stop());

  const clientOptions = (credentials: object) => ({
    endpoint: portal.sandbox.url,
    region: 'eu-central-1',
    credentials: credentials as typeof BROKER,
    systemClockOffset: portal.clock.now() - Date.now(),
    maxAttempts: 1,
  });
  /** Assumes the break-glass role without the portal. */
  async function assume(sessionName: string, as: object = BROKER) {
    const { Credentials } = await new STSClient(clientOptions(as)).send(
      new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: sessionName }),
    );
    return {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    };
  }
  /** What people do when the portal is down: the sealed user, with its second factor. */
  async function breakTheSeal() {
    const { Credentials } = await new STSClient(
      clientOptions(EMERGENCY_USER),
    ).send(
      new AssumeRoleCommand({
        RoleArn: EMERGENCY_USER.roleArn,
        RoleSessionName: 'portal-is-down',
        SerialNumber: EMERGENCY_USER.mfaSerialNumber,
        TokenCode: EMERGENCY_USER.mfaCode,
      }),
    );
    return {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    };
  }
  const listBuckets = (credentials: object) =>
    new S3Client({ ...clientOptions(credentials), forcePathStyle: true }).send(
      new ListBucketsCommand({}),
    );
  async function scan() {
    portal.clock.advance({ minutes: 16 });
    await portal.sandbox.deliverNow();
    await portal.runTask('break-glass-unbrokered-scan');
    await portal.runTask('break-glass-unbrokered-collect');
  }
  const uses = async (person = 'oscar'): Promise<UnbrokeredUse[]> =>
    (await portal.as(person, 'listUnbrokered', { query: {} })).items;
  const of = (id: string) => ({ params: { id } });

  it('pitfall 37: what a stolen broker assumes shows up, and what the portal assumes does not', async () => {
    const lease = await anActiveLease(portal);
    const issued = await portal.as('mary', 'createSession', {
      ...of(lease.id),
      body: { type: 'credentials' },
    });
    await awsAs(portal, issued).s3().send(new ListBucketsCommand({}));
    const viaConsole = await portal.as('mary', 'createSession', {
      ...of(lease.id),
      body: { type: 'console' },
    });
    if (viaConsole.type === 'console') {
      await fetch(viaConsole.consoleUrl);
    }
    await portal.as('mary', 'endLease', { ...of(lease.id), body: {} });
    await waitFor(async () => {
      const { kill } = await portal.as('mary', 'getLease', of(lease.id));
      return kill === 'probed';
    });
    await scan();
    expect(await uses()).toEqual([]);

    const stolen = await assume('mallory');
    portal.clock.advance({ seconds: 5 });
    await listBuckets(stolen);
    await scan();

    const [use, ...others] = await uses();
    expect(others).toEqual([]);
    expect(use).toMatchObject({
      kind: 'assume-role',
      state: 'open',
      via: 'search',
      seenInLogs: true,
      sessionName: 'mallory',
      principal: 'arn:aws:iam::555566667777:user/break-glass-broker',
      account: { accountId: '111122223333', title: 'Payroll' },
      role: { id: 'break-glass' },
      owner: { ref: 'group:default/incident-responders' },
      words: expect.stringContaining('its keys are in other hands'),
      eventCount: 2,
    });
    const { items } = await portal.as('oscar', 'listUnbrokeredActivity', {
      ...of(use.id),
      query: {},
    });
    expect(items.map(item => item.action)).toEqual([
      'AssumeRole',
      'ListBuckets',
    ]);
    await waitFor(async () => portal.notifications.length > 0);
    expect(portal.notifications).toContainEqual(
      expect.objectContaining({
        payload: expect.objectContaining({
          severity: 'critical',
          link: `/break-glass/unbrokered/${use.id}`,
        }),
      }),
    );
    await scan();
    expect(await uses()).toHaveLength(1);
  });

  it('pitfall 38: somebody else with a lease’s session name is an item, and none of that lease’s evidence', async () => {
    const lease = await anActiveLease(portal);
    const issued = await portal.as('mary', 'createSession', {
      ...of(lease.id),
      body: { type: 'credentials' },
    });
    await awsAs(portal, issued).s3().send(new ListBucketsCommand({}));
    portal.clock.advance({ seconds: 90 });
    await listBuckets(await assume(`mary@${lease.id}`));
    portal.clock.advance({ seconds: 90 });
    await portal.sandbox.deliverNow();

    await portal.as('rita', 'collectActivity', of(lease.id));

    const [use, ...others] = await uses();
    expect(others).toEqual([]);
    expect(use).toMatchObject({
      via: 'lease',
      seenInLogs: true,
      leaseId: lease.id,
      owner: { ref: 'group:default/incident-responders' },
    });
    const { items } = await portal.as('rita', 'listActivity', {
      ...of(lease.id),
      query: {},
    });
    expect(items.filter(item => item.action === 'ListBuckets')).toHaveLength(1);
    await scan();
    expect(await uses()).toMatchObject([{ id: use.id, eventCount: 2 }]);
    expect(await uses('mary')).toEqual([]);
  });

  it('goes from the alarm through justification to an accepted review', async () => {
    await listBuckets(await breakTheSeal());
    await scan();
    const [use, ...others] = await uses();
    expect(others).toEqual([]);
    expect(use).toMatchObject({
      emergencyUser: 'Break-glass user 1',
      principal: EMERGENCY_USER.arn,
      account: { title: 'Payments' },
      eventCount: 2,
    });
    const { id } = use;
    const detail = await portal.as('oscar', 'getUnbrokered', of(id));
    expect(detail.actions.justify.allowed).toBe(true);
    const review = (version: number, change: object = {}) => ({
      ...of(id),
      body: {
        verdict: 'accepted' as const,
        comment: 'The drill of October',
        checklist: CHECKED,
        followUps: [],
        version,
        ...change,
      },
    });
    expect(
      await portal.refusal('rita', 'reviewUnbrokered', review(detail.version)),
    ).toBe('justification-missing');
    const justified = await portal.as('oscar', 'justifyUnbrokered', {
      ...of(id),
      body: { text: 'A drill: the seal works', ticket: 'SUP-1234' },
    });
    expect(justified).toMatchObject({
      state: 'justified',
      justification: { by: { ref: 'user:default/oscar' }, ticket: 'SUP-1234' },
    });
    const { version } = justified;
    expect((await portal.as('rita', 'me', {})).open.unbrokered).toBe(1);
    expect(
      await portal.refusal('rita', 'reviewUnbrokered', review(version - 1)),
    ).toBe('conflict');
    expect(
      await portal.refusal(
        'rita',
        'reviewUnbrokered',
        review(version, { checklist: { ...CHECKED, accessRevoked: false } }),
      ),
    ).toBe('checklist-incomplete');
    expect(
      await portal.refusal('oscar', 'reviewUnbrokered', review(version)),
    ).toBe('involved-review');

    expect(
      await portal.refusal('rita', 'reviewUnbrokered', review(version)),
    ).toBe('evidence-incomplete');

    // An hour of credentials, and until the logs have settled.
    portal.clock.advance({ minutes: 120 });
    await scan();
    const settled = await portal.as('rita', 'getUnbrokered', of(id));
    const accepted = await portal.as(
      'rita',
      'reviewUnbrokered',
      review(settled.version),
    );
    expect(accepted).toMatchObject({
      state: 'accepted',
      reviews: [{ by: 'user:default/rita', checklist: CHECKED }],
    });
    expect((await portal.as('rita', 'me', {})).open.unbrokered).toBe(0);
    const { items } = await portal.as('ada', 'listAudit', { query: {} });
    expect(
      items
        .filter(entry => entry.details.unbrokeredId === id)
        .map(entry => `${entry.action} ${entry.code ?? entry.outcome}`)
        .reverse(),
    ).toEqual([
      'unbrokered.found done',
      'unbrokered.accepted justification-missing',
      'unbrokered.justify done',
      'unbrokered.accepted conflict',
      'unbrokered.accepted checklist-incomplete',
      'unbrokered.accepted involved-review',
      'unbrokered.accepted evidence-incomplete',
      'unbrokered.accepted done',
    ]);
  });
});
