import { account, leaseRole } from '../../__testUtils__/accounts';
import { emptyDraft, missingFields, previewBody, requestBody } from './draft';

const payroll = account();
const role = leaseRole();
const full = {
  ...emptyDraft(role),
  reason: ' Alice is locked out ',
  ticket: 'SUP-1234',
};

describe('emptyDraft', () => {
  it('starts with one hour where that is suggested, else with the first suggestion, else the minimum', () => {
    expect(emptyDraft(role).minutes).toBe('60');
    const of = (suggested: number[]) =>
      emptyDraft(
        leaseRole({ durationMinutes: { min: 15, max: 30, suggested } }),
      ).minutes;
    expect(of([20, 30])).toBe('20');
    expect(of([])).toBe('15');
  });
});

describe('previewBody', () => {
  it('leaves out what is not filled in', () => {
    expect(previewBody(emptyDraft(role), payroll, role)).toEqual({
      accountRef: payroll.ref,
      roleId: 'break-glass',
      profileId: 's3-kms-iam',
      profileParameters: {},
      durationMinutes: 60,
    });
  });

  it('sends only parameters that the chosen profile declares', () => {
    const draft = { ...full, parameters: { bucket: 'x', other: 'y' } };
    expect(previewBody(draft, payroll, role).profileParameters).toEqual({});
  });

  it('turns a local start into an instant', () => {
    const startAt = '2026-10-02T09:30';
    expect(
      previewBody({ ...full, start: 'later', startAt }, payroll, role).startAt,
    ).toBe(new Date(startAt).toISOString());
    expect(
      previewBody({ ...full, start: 'now', startAt }, payroll, role).startAt,
    ).toBeUndefined();
  });
});

describe('requestBody', () => {
  it('trims the reason', () => {
    expect(requestBody(full, payroll, role)?.reason).toBe(
      'Alice is locked out',
    );
  });

  it.each(['0', '-5', '1.5', 'NaN', '', '1e3', '0x10', '9999999'])(
    'pitfall 15: there is no request for "%s" minutes',
    minutes => {
      expect(requestBody({ ...full, minutes }, payroll, role)).toBeUndefined();
    },
  );

  it('wants a ticket only where the account requires one', () => {
    const draft = { ...full, ticket: '' };
    expect(missingFields(draft, payroll, role)).toEqual(['ticket']);
    const lax = account({ ticket: { ...payroll.ticket, required: false } });
    expect(missingFields(draft, lax, role)).toEqual([]);
  });

  it('wants the start when it is later', () => {
    expect(
      missingFields({ ...full, start: 'later', startAt: '' }, payroll, role),
    ).toEqual(['startAt']);
  });
});
