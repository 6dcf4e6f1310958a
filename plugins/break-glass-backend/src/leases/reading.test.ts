import { aPendingLease, anActiveLease, aRequest } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import {
  startTestPortal,
  TestPortal,
  tokenOf,
} from '../testing/startTestPortal';

jest.setTimeout(60_000);

describeDatabases((_name, open) => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await startTestPortal({ knex: (await open()).knex });
  });
  afterEach(() => portal.stop());

  describe('reading', () => {
    it('pitfall 22: shows a lease and its activity only to who may read it', async () => {
      const lease = await anActiveLease(portal);
      const byId = { params: { id: lease.id } };
      const outcomes = async (person: string) => [
        await portal.refusal(person, 'getLease', byId),
        await portal.refusal(person, 'listActivity', { ...byId, query: {} }),
        await portal.refusal(person, 'getTimeline', { ...byId, query: {} }),
        await portal.refusal(person, 'getActivityRecord', {
          params: { id: lease.id, eventId: 'any' },
        }),
      ];

      expect(await outcomes('peter')).toEqual([
        'lease-unknown',
        'lease-unknown',
        'lease-unknown',
        'lease-unknown',
      ]);
      expect((await outcomes('rita')).slice(0, 3)).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      const { items } = await portal.as('peter', 'listLeases', { query: {} });
      expect(items).toEqual([]);
    });

    it('pitfall 23: pages through a list by key, each lease once, newest first', async () => {
      const ids: string[] = [];
      for (let index = 0; index < 7; index++) {
        portal.clock.advance({ seconds: 1 });
        ids.unshift((await aBucketLease(portal, index)).id);
      }

      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await portal.as('mary', 'listLeases', {
          query: { view: 'mine', limit: 3, cursor },
        });
        seen.push(...page.items.map(item => item.id));
        cursor = page.nextCursor;
      } while (cursor);

      expect(seen).toEqual(ids);
    });

    it('offers approvers what waits for them, oldest first, and never their own', async () => {
      const first = await aPendingLease(portal);
      portal.clock.advance({ seconds: 1 });
      const second = await aPendingLease(portal, {}, 'daniel');
      const queue = async (person: string) => {
        const query = { view: 'approvals' as const };
        const { items } = await portal.as(person, 'listLeases', { query });
        return items.map(item => item.id);
      };

      expect(await queue('priya')).toEqual([first.id, second.id]);
      expect(await queue('mary')).toEqual([second.id]);
      expect(await queue('daniel')).toEqual([first.id]);
      expect(await queue('rita')).toEqual([]);
      expect((await portal.as('priya', 'me', {})).open.approvals).toBe(2);
    });

    it('pitfall 28: keeps a reason as it was written, within its limit', async () => {
      const reason = '<img src=x onerror=alert(1)> **bold** =cmd|calc';
      const lease = await aPendingLease(portal, { reason });

      expect(lease.reason).toBe(reason);
      expect(
        await portal.refusal('mary', 'requestLease', {
          body: aRequest({ reason: 'x'.repeat(2_001) }),
        }),
      ).toBe('invalid-input');
    });

    it('refuses characters that no database takes, wherever they stand', async () => {
      for (const path of [
        '/v1/leases?cursor=%00',
        '/v1/audit?actor=%00',
        '/v1/audit?cursor=abc',
        '/v1/accounts?search=%00',
      ]) {
        const response = await portal.fetch(path, {}, tokenOf('ada'));
        expect([path, response.status]).toEqual([path, 400]);
      }
    });

    it('I13: shows nothing to somebody who is not in the catalog', async () => {
      expect(await portal.refusal('nobody', 'listAccounts', {})).toBe(
        'person-unknown',
      );
      expect(await portal.refusal('nobody', 'listProfiles', {})).toBe(
        'person-unknown',
      );
    });

    it('says before a request what it would come to, and who can approve', async () => {
      const preview = await portal.as('mary', 'previewLease', {
        body: aRequest(),
      });

      expect(preview).toMatchObject({
        eligible: { allowed: true },
        endsAt: '2026-10-01T14:00:00.000Z',
        problems: [],
        warnings: [],
      });
      expect(
        preview.steps[0].candidates.map(person => person.displayName),
      ).toEqual(['Daniel Weiss', 'Priya Raman']);
      expect(preview.policy.size).toBeLessThanOrEqual(preview.policy.limit);
    });

    it('names the parameter of a profile that is wrong, for the form', async () => {
      const { problems } = await portal.as('mary', 'previewLease', {
        body: aRequest({
          profileId: 'unlock-bucket',
          profileParameters: { bucket: '*' },
        }),
      });

      expect(problems).toMatchObject([
        { field: 'profileParameters.bucket', code: 'profile-parameter' },
      ]);
    });

    it('names unknown accounts, roles and profiles', async () => {
      const codeOf = (change: object) =>
        portal.refusal('mary', 'requestLease', {
          body: aRequest(change as never),
        });

      expect(await codeOf({ accountRef: 'resource:default/nowhere' })).toBe(
        'account-unknown',
      );
      expect(
        await codeOf({ accountRef: 'resource:default/shadow-payroll' }),
      ).toBe('account-untrusted');
      expect(await codeOf({ accountRef: 'resource:default/twin-one' })).toBe(
        'account-untrusted',
      );
      expect(await codeOf({ accountRef: 'resource:default/broken-id' })).toBe(
        'account-untrusted',
      );
      expect(
        await codeOf({ accountRef: 'resource:default/developer-portal' }),
      ).toBe('control-plane-account');
      expect(await codeOf({ roleId: 'nobody' })).toBe('role-unknown');
      expect(await codeOf({ roleId: 'read-only' })).toBe('role-not-lease');
      expect(await codeOf({ profileId: 'nothing' })).toBe('profile-unknown');
      expect(await codeOf({ profileId: 'full' })).toBe('profile-not-allowed');
      expect(await codeOf({ ticket: 'no ticket' })).toBe('ticket-invalid');
    });

    it('gives the first answer again where a request is repeated with its key', async () => {
      const again = { body: aRequest(), idempotencyKey: 'key-1' };

      const first = await portal.as('mary', 'requestLease', again);
      const second = await portal.as('mary', 'requestLease', again);

      expect(second.id).toBe(first.id);
      expect(
        await portal.refusal('mary', 'requestLease', {
          ...again,
          body: aRequest({ durationMinutes: 60 }),
        }),
      ).toBe('conflict');
      expect(
        await portal.refusal('mary', 'requestLease', {
          ...again,
          idempotencyKey: 'k'.repeat(129),
        }),
      ).toBe('invalid-input');
    });
  });
});

/** One of several requests that are open at once: each is for another bucket. */
function aBucketLease(portal: TestPortal, index: number) {
  return aPendingLease(portal, {
    profileId: 'unlock-bucket',
    profileParameters: { bucket: `bucket-${index}` },
  });
}
