import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { me } from '../../__testUtils__/accounts';
import {
  afterNoon,
  endedLease,
  EVIDENCE_HASH,
  LEASE_ID,
  nothing,
  yes,
} from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { Refusal, testBackend } from '../../__testUtils__/server';
import {
  complete,
  event,
  session,
  timeline,
} from '../../__testUtils__/timeline';
import { followUp } from '../../__testUtils__/unbrokered';
import { BreakGlassRouter } from '../BreakGlassPage';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, {
    path: `/break-glass/leases/${LEASE_ID}`,
  });
const forReviewer = endedLease({
  actions: { ...nothing, review: yes },
  sessions: [session()],
  sessionCount: 1,
});
const events = [
  event('get', 3, { action: 'GetBucketPolicy', accessLevel: 'read' }),
  event('put', 4, {
    sensitive: [{ rule: 'exposure', why: 'Changes who may read the bucket' }],
  }),
  event('secret', 5, {
    service: 'secretsmanager',
    action: 'GetSecretValue',
    accessLevel: 'read',
    refused: true,
    errorCode: 'AccessDenied',
    profileHint: 'secrets',
  }),
];
const comment = () => screen.getByRole('textbox', { name: /^Comment/ });
const type = (field: HTMLElement, value: string) =>
  fireEvent.change(field, { target: { value } });

describe('the review of a lease', () => {
  beforeEach(() => {
    backend.on('me', me());
    backend.on('getLease', forReviewer);
    backend.on('getTimeline', timeline(events));
  });

  it('shows the reason beside every call, in order, with refused and sensitive ones marked', async () => {
    await show();
    const facts = await screen.findByRole('region', { name: 'Details' });
    expect(facts).toHaveTextContent(
      'Alice locked herself out of payroll-reports',
    );
    const rows = await screen.findAllByTestId('timeline-event');
    expect(rows.map(row => row.textContent)).toEqual([
      expect.stringContaining('s3:GetBucketPolicy'),
      expect.stringContaining('s3:PutBucketPolicy'),
      expect.stringContaining('secretsmanager:GetSecretValue'),
    ]);
    expect(within(rows[1]).getByTitle('Sensitive')).toBeInTheDocument();
    expect(within(rows[2]).getByText('Refused')).toBeInTheDocument();
    expect(within(rows[0]).queryByText('Refused')).toBeNull();
    expect(screen.getByText('Logs are complete')).toBeInTheDocument();
  });

  it('opens an event to why it is marked, the profile that has it, and the raw record', async () => {
    backend.on('getActivityRecord', {
      record: {
        eventID: 'secret',
        requestParameters: { secretId: 'payroll/database' },
        responseElements: null,
      },
    });
    await show();
    const rows = await screen.findAllByTestId('timeline-event');
    await userEvent.click(within(rows[1]).getByRole('button'));
    expect(
      await screen.findByText(/Changes who may read the bucket/),
    ).toBeInTheDocument();
    await userEvent.click(within(rows[2]).getByRole('button'));
    expect(
      await screen.findByText('The profile that would allow this: secrets'),
    ).toBeInTheDocument();
    const raw = await within(rows[2]).findByRole('region', {
      name: 'Raw record',
    });
    expect(raw).toHaveTextContent('payroll/database');
    expect(backend.seen('getActivityRecord').pop()?.params.eventId).toBe(
      'secret',
    );
  });

  it('lets the backend filter by kind, service and text', async () => {
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Errors 1' }),
    );
    await waitFor(() =>
      expect(backend.seen('getTimeline').pop()?.query.only).toBe('refused'),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: /Service/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /secretsmanager/ }),
    );
    await waitFor(() =>
      expect(backend.seen('getTimeline').pop()?.query).toMatchObject({
        only: 'refused',
        service: 'secretsmanager',
      }),
    );
    type(screen.getByRole('searchbox', { name: 'Search events' }), 'payroll');
    await waitFor(() =>
      expect(backend.seen('getTimeline').pop()?.query.text).toBe('payroll'),
    );
  });

  it('says that no event fits a filter, and takes it off', async () => {
    backend.on('getTimeline', ({ query }) =>
      query.only ? timeline(events, { items: [] }) : timeline(events),
    );
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Writes 1' }),
    );
    expect(
      await screen.findByText('No event fits the filter'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show everything' }),
    );
    expect(await screen.findAllByTestId('timeline-event')).toHaveLength(3);
  });

  it('sends verdict, comment, checklist, follow-ups and the hash of the evidence on the page', async () => {
    backend.on('reviewLease', forReviewer);
    await show();
    const accept = await screen.findByRole('button', { name: 'Accept' });
    expect(accept).toBeDisabled();
    type(comment(), 'Fits the reason');
    for (const box of screen.getAllByRole('checkbox')) {
      await userEvent.click(box);
    }
    await userEvent.click(
      screen.getByRole('button', { name: 'Add a follow-up' }),
    );
    type(
      screen.getByRole('textbox', { name: /What remains/ }),
      'Put the policy right in code',
    );
    await userEvent.click(accept);
    await waitFor(() => expect(backend.seen('reviewLease')).toHaveLength(1));
    expect(backend.seen('reviewLease')[0].body).toEqual({
      verdict: 'accepted',
      comment: 'Fits the reason',
      checklist: {
        ended: true,
        matchesReason: true,
        rotated: true,
        lessons: true,
      },
      followUps: [{ title: 'Put the policy right in code' }],
      evidenceHash: EVIDENCE_HASH,
    });
  });

  it('pitfall 19: says that new events arrived, and judges those on the page', async () => {
    const { signal } = await show();
    await screen.findAllByTestId('timeline-event');
    const hash = 'f'.repeat(64);
    backend.on(
      'getTimeline',
      timeline([...events, event('late', 6)], { evidenceHash: hash }),
    );
    signal(LEASE_ID);
    expect(
      await screen.findByText(/New events arrived since you opened/),
    ).toBeInTheDocument();
    expect(screen.getAllByTestId('timeline-event')).toHaveLength(4);
    backend.on(
      'reviewLease',
      new Refusal(409, 'evidence-changed', 'The evidence changed'),
    );
    type(comment(), 'Fits');
    await userEvent.click(screen.getByRole('button', { name: 'Accept' }));
    expect(await screen.findByText('The evidence changed')).toBeInTheDocument();
    expect(backend.seen('reviewLease')[0].body.evidenceHash).toBe(hash);
  });

  it('I7: says in words that logs are missing, looks again, and takes a reason to accept all the same', async () => {
    backend.on(
      'getTimeline',
      timeline(events, {
        completeness: {
          ...complete,
          state: 'logs-missing',
          words: 'No file of eu-central-1 was delivered since 12:10.',
          sessionsMissing: [session().id],
        },
      }),
    );
    backend.on('collectActivity', complete);
    await show();
    expect(
      await screen.findByText(/No file of eu-central-1 was delivered/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The record of 1 session is missing'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Look again now' }),
    );
    await waitFor(() =>
      expect(backend.seen('collectActivity')).toHaveLength(1),
    );
    type(comment(), 'Fits');
    expect(screen.getByRole('button', { name: 'Accept' })).toBeDisabled();
    type(
      screen.getByRole('textbox', { name: /Reason to accept without/ }),
      'Outage',
    );
    expect(screen.getByRole('button', { name: 'Accept' })).toBeEnabled();
  });

  it('I8: says why somebody cannot review', async () => {
    backend.on(
      'getLease',
      endedLease({
        actions: {
          ...nothing,
          review: {
            allowed: false,
            reasons: [{ code: 'self-review', message: 'This is your lease' }],
          },
        },
      }),
    );
    await show();
    expect(await screen.findByText('This is your lease')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull();
  });

  it('shows verdicts that were given', async () => {
    backend.on(
      'getLease',
      endedLease({
        review: { state: 'flagged', overdue: false },
        reviews: [
          {
            id: '01K6FJ00000000000000000020',
            by: 'user:default/rita',
            verdict: 'flagged',
            comment: 'Somebody has to look at the secret',
            checklist: {
              ended: true,
              matchesReason: false,
              rotated: false,
              lessons: false,
            },
            followUps: [{ title: 'Rotate the secret' }],
            evidenceHash: EVIDENCE_HASH,
            at: afterNoon(60),
          },
        ],
      }),
    );
    backend.on('listFollowUps', { items: [followUp()] });
    await show();
    expect(
      await screen.findByText('Somebody has to look at the secret'),
    ).toBeInTheDocument();
    expect(await screen.findByText('Rotate the secret')).toBeInTheDocument();
    expect(backend.seen('listFollowUps')[0].query).toEqual({
      view: 'all',
      leaseId: LEASE_ID,
    });
  });
});
