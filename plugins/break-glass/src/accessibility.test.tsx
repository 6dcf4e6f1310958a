import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import {
  account,
  issuedCredentials,
  leaseRole,
  me,
  preview,
  standingRole,
} from './__testUtils__/accounts';
import {
  afterNoon,
  endedLease,
  LEASE_ID,
  leaseDetail,
  leaseSummary,
  nothing,
  NOON,
  yes,
} from './__testUtils__/leases';
import { renderOnAccount, renderPlugin } from './__testUtils__/render';
import { testBackend } from './__testUtils__/server';
import {
  complete,
  event,
  histogram,
  session,
  timeline,
} from './__testUtils__/timeline';
import {
  followUp,
  unbrokeredDetail,
  unbrokeredUse,
  USE_ID,
} from './__testUtils__/unbrokered';
import {
  evidenceCheck,
  residueItem,
  understanding,
} from './__testUtils__/understanding';
import { AccountTab } from './components/AccountTab';
import { BreakGlassRouter } from './components/BreakGlassPage';

const backend = testBackend();

/** Violations in our own content; colours and landmarks are not to be seen without layout and shell. */
async function violations(): Promise<string[]> {
  const { violations: found } = await axe.run(document.body, {
    rules: {
      'color-contrast': { enabled: false },
      region: { enabled: false },
    },
  });
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join('\n')}`,
  );
}

const page = (path: string) => renderPlugin(<BreakGlassRouter />, { path });

describe('axe finds no violation', () => {
  beforeEach(() => {
    backend.on('me', me());
    backend.on('listLeases', { items: [leaseSummary()] });
    backend.on('previewLease', preview());
  });

  const open = {
    id: LEASE_ID,
    status: 'active' as const,
    profileId: 's3-kms-iam',
    profileTitle: 'S3, KMS and IAM',
    requestedAt: NOON,
    lapsesAt: afterNoon(480),
    expiresAt: '2099-01-01T00:00:00.000Z',
    approvalsMissing: 0,
  };

  it('on the tab of an account', async () => {
    backend.on(
      'getAccount',
      account({ roles: [leaseRole({ openLeases: [open] }), standingRole()] }),
    );
    await renderOnAccount(<AccountTab />);
    await screen.findByText(/Alice locked herself out/);
    expect(await violations()).toEqual([]);
  });

  it('in the request form', async () => {
    backend.on('getAccount', account());
    await renderOnAccount(<AccountTab />);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Request access' }),
    );
    await screen.findByText(/Can approve/);
    expect(await violations()).toEqual([]);
  });

  it('in the credentials dialog', async () => {
    backend.on('getAccount', account());
    backend.on('createStandingSession', issuedCredentials());
    await renderOnAccount(<AccountTab />);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Credentials: Read only' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Get credentials' }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Show' }));
    expect(await violations()).toEqual([]);
  });

  it('in health, with a check that found something', async () => {
    backend.on('me', me({ responder: true }));
    backend.on('health', {
      parts: [{ name: 'broker', ok: false, words: 'It does not answer.' }],
    });
    backend.on('getBrokerCheck', {
      check: {
        id: LEASE_ID,
        state: 'running',
        startedAt: NOON,
        startedBy: { ref: 'user:default/daniel', displayName: 'Daniel' },
        total: 10,
        done: 3,
        problems: 1,
      },
      items: [
        {
          ref: 'resource:default/payments',
          title: 'Payments',
          accountId: '222233334444',
          partition: 'aws',
          checkedAt: NOON,
          roles: 2,
          problems: [
            {
              what: 'tags',
              roleArn: 'arn:aws:iam::222233334444:role/break-glass/Operator',
              words: 'Tags are refused.',
              fixes: [{ where: 'In the trust policy:', json: '{}' }],
            },
          ],
        },
      ],
    });
    await page('/break-glass/health');
    await userEvent.click(
      await screen.findByRole('button', { name: /Show the fix/ }),
    );
    expect(await violations()).toEqual([]);
  });

  it.each(['my-access', 'approvals', 'reviews'])('in %s', async tab => {
    await page(`/break-glass/${tab}`);
    await screen.findByText(/Alice locked herself out/);
    expect(await violations()).toEqual([]);
  });

  it('in the question of an approver', async () => {
    backend.on(
      'getLease',
      leaseDetail({ actions: { ...nothing, decide: yes, approve: yes } }),
    );
    await page(`/break-glass/leases/${LEASE_ID}`);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    await screen.findByRole('dialog');
    expect(await violations()).toEqual([]);
  });

  it('in the review of a lease', async () => {
    backend.on(
      'getLease',
      endedLease({
        actions: { ...nothing, review: yes },
        sessions: [session()],
      }),
    );
    backend.on(
      'getTimeline',
      timeline([event('a', 3, { refused: true }), event('b', 4)]),
    );
    backend.on('getActivityRecord', { record: { eventID: 'a' } });
    await page(`/break-glass/leases/${LEASE_ID}`);
    const [row] = await screen.findAllByRole('button', {
      name: /PutBucketPolicy/,
    });
    await userEvent.click(row);
    await screen.findByRole('region', { name: 'Raw record' });
    await userEvent.click(
      screen.getByRole('button', { name: 'Add a follow-up' }),
    );
    expect(await violations()).toEqual([]);
  });

  it('in what a lease comes to, with evidence that was checked', async () => {
    backend.on(
      'getLease',
      endedLease({
        actions: { ...nothing, review: yes, assign: yes, reopen: yes },
        sessions: [session()],
      }),
    );
    backend.on('getHistogram', histogram([1, 2, 3]));
    backend.on(
      'getTimeline',
      timeline([event('a', 3)], {
        completeness: { ...complete, frozenAt: afterNoon(90) },
      }),
    );
    backend.on(
      'getUnderstanding',
      understanding({
        services: [
          {
            service: 's3',
            events: 1,
            writes: 1,
            refused: 0,
            sensitive: 1,
            inProfile: false,
          },
        ],
        permissions: { used: ['s3:Put*'], unused: ['kms:*'], unseen: [] },
        marks: [{ rule: 'x', title: 'Exposure', why: 'Opens it', events: 1 }],
        residue: [
          residueItem(),
          residueItem({ key: 'd'.repeat(64), state: 'gone' }),
        ],
      }),
    );
    backend.on(
      'checkEvidence',
      evidenceCheck({
        same: false,
        counts: { frozen: 1, now: 0, added: 0, missing: 1, changed: 0 },
        differences: [
          {
            eventId: 'a',
            kind: 'missing',
            at: NOON,
            action: 'PutBucketPolicy',
            members: [],
          },
        ],
      }),
    );
    await page(`/break-glass/leases/${LEASE_ID}`);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Check against the logs' }),
    );
    await screen.findByRole('region', { name: 'Differences' });
    await screen.findAllByRole('slider');
    await userEvent.click(
      screen.getByRole('button', { name: /^May stay: Access key/ }),
    );
    await screen.findByRole('dialog');
    expect(await violations()).toEqual([]);
  });

  it('in the follow-ups', async () => {
    backend.on('listFollowUps', { items: [followUp()] });
    await page('/break-glass/follow-ups');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Done: Rotate the secret' }),
    );
    await screen.findByRole('dialog');
    expect(await violations()).toEqual([]);
  });

  it('in the list of accounts that cannot be used', async () => {
    const { roles, ticket, stops, supportUrl, ...legacy } = account({
      title: 'Legacy',
      problems: [
        { code: 'missing-id', message: 'It names no id.', fix: 'Add one.' },
      ],
    });
    backend.on('listAccounts', { items: [legacy] });
    await page('/break-glass/accounts');
    await screen.findByText('It names no id.');
    expect(await violations()).toEqual([]);
  });

  it('in the list of unbrokered uses', async () => {
    backend.on('listUnbrokered', { items: [unbrokeredUse()] });
    await page('/break-glass/unbrokered');
    await screen.findByText('Not explained');
    expect(await violations()).toEqual([]);
  });

  it('on the page of an unbrokered use', async () => {
    backend.on('getUnbrokered', unbrokeredDetail({ leaseId: LEASE_ID }));
    backend.on('listUnbrokeredActivity', {
      items: [event('a', 3)],
      total: 1,
    });
    await page(`/break-glass/unbrokered/${USE_ID}`);
    await userEvent.click(
      await screen.findByRole('button', { name: /PutBucketPolicy/ }),
    );
    expect(await violations()).toEqual([]);
  });

  it('in the audit log', async () => {
    backend.on('listAudit', {
      items: [
        {
          seq: 1,
          at: NOON,
          actor: 'system',
          action: 'lease-expire',
          outcome: 'done',
          details: {},
          hash: 'b'.repeat(64),
        },
      ],
    });
    await page('/break-glass/audit');
    await userEvent.click(
      await screen.findByRole('button', { name: /lease-expire/ }),
    );
    expect(await violations()).toEqual([]);
  });
});
