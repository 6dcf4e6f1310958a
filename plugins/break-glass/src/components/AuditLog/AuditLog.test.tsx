import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AuditEntry } from 'backstage-plugin-break-glass-common';
import { me } from '../../__testUtils__/accounts';
import { LEASE_ID, NOON } from '../../__testUtils__/leases';
import { renderPlugin } from '../../__testUtils__/render';
import { testBackend } from '../../__testUtils__/server';
import { BreakGlassRouter } from '../BreakGlassPage';
import { auditQuery, EMPTY_FILTER } from './auditQuery';

const backend = testBackend();
const show = () =>
  renderPlugin(<BreakGlassRouter />, { path: '/break-glass/audit' });
const entry: AuditEntry = {
  seq: 7,
  at: NOON,
  actor: 'user:default/mary',
  action: 'lease-decide',
  outcome: 'refused',
  leaseId: LEASE_ID,
  code: 'self-approval',
  details: { verdict: 'approve' },
  hash: 'b'.repeat(64),
};

describe('AuditLog', () => {
  beforeEach(() => {
    backend.on('me', me());
    backend.on('listAudit', { items: [entry] });
  });
  afterEach(() => jest.restoreAllMocks());

  it('opens an entry to its code, details and hash', async () => {
    await show();
    await userEvent.click(
      await screen.findByRole('button', { name: /lease-decide/ }),
    );
    expect(await screen.findByText('self-approval')).toBeInTheDocument();
    expect(screen.getByText(entry.hash)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Open the lease' }),
    ).toHaveAttribute('href', `/break-glass/leases/${LEASE_ID}`);
  });

  it('filters by person', async () => {
    await show();
    fireEvent.change(screen.getByRole('textbox', { name: 'Person' }), {
      target: { value: 'user:default/mary' },
    });
    await waitFor(() =>
      expect(backend.seen('listAudit').pop()?.query.actor).toBe(
        'user:default/mary',
      ),
    );
  });

  it('verifies the chain and names what was found', async () => {
    backend.on('verifyAudit', {
      intact: false,
      entries: 9,
      headHash: entry.hash,
      problems: [{ seq: 4, kind: 'changed', message: 'its hash differs' }],
    });
    await show();
    const verify = screen.getByRole('button', { name: 'Verify the chain' });
    await userEvent.click(verify);
    expect(
      await screen.findByText('Entry 4: its hash differs'),
    ).toBeInTheDocument();
    backend.on('verifyAudit', {
      intact: true,
      entries: 9,
      headHash: entry.hash,
      problems: [],
    });
    await userEvent.click(verify);
    expect(
      await screen.findByText(/The log is intact: 9 entries/),
    ).toBeInTheDocument();
  });

  it('exports what the filter selects', async () => {
    const saved: string[] = [];
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
    backend.on('exportAudit', [entry]);
    await show();
    await userEvent.click(screen.getByRole('button', { name: 'Export CSV' }));
    await waitFor(() => expect(saved).toEqual(['break-glass-audit.csv']));
    expect(backend.seen('exportAudit')[0].query).toEqual({ format: 'csv' });
  });
});

describe('auditQuery', () => {
  it('asks for nothing where nothing is filled in', () => {
    expect(JSON.stringify(auditQuery(EMPTY_FILTER))).toBe('{}');
  });
  it('waits until an id or a reference is typed to the end', () => {
    const typing = {
      ...EMPTY_FILTER,
      leaseId: '01K6',
      accountRef: 'resource:',
    };
    expect(JSON.stringify(auditQuery(typing))).toBe('{}');
    const typed = {
      ...EMPTY_FILTER,
      leaseId: LEASE_ID.toLocaleLowerCase('en-US'),
      accountRef: ' resource:default/payroll ',
    };
    expect(auditQuery(typed)).toMatchObject({
      leaseId: LEASE_ID,
      accountRef: 'resource:default/payroll',
    });
  });
  it('turns local times into instants', () => {
    const from = '2026-10-01T09:00';
    expect(auditQuery({ ...EMPTY_FILTER, from }).from).toBe(
      new Date(from).toISOString(),
    );
  });
});
