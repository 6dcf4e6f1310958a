import { APIRequestContext, expect, test } from '@playwright/test';
import { portal } from './support/portal';
import { signInOverHttp } from './support/signInOverHttp';

const PEOPLE = ['mary', 'daniel', 'priya', 'alice', 'peter', 'rita', 'ada'];

/** What people who are signed in for real are refused over HTTP, whatever a page would show them. */
test.describe.serial('refusals over HTTP with people’s own tokens', () => {
  const tokens: Record<string, string> = {};

  test.beforeAll(async () => {
    for (const person of PEOPLE) {
      tokens[person] = await signInOverHttp(portal, person);
    }
  });

  async function call(
    request: APIRequestContext,
    person: string,
    path: string,
    data?: object,
  ) {
    const response = await request.fetch(
      `${portal.backend}/api/break-glass${path}`,
      {
        method: data ? 'POST' : 'GET',
        headers: { Authorization: `Bearer ${tokens[person]}` },
        data,
      },
    );
    return { status: response.status(), body: await response.json() };
  }

  const refusal = async (...args: Parameters<typeof call>) => {
    const { status, body } = await call(...args);
    return [status, body.error?.code];
  };

  const ask = (request: APIRequestContext) =>
    call(request, 'mary', '/v1/leases', {
      accountRef: 'resource:default/payroll',
      roleId: 'break-glass',
      profileId: 'unlock-bucket',
      profileParameters: { bucket: 'payroll-reports' },
      reason: 'To be refused and approved over HTTP',
      ticket: 'SUP-4321',
      beneficiary: 'user:default/priya',
      durationMinutes: 30,
    });

  test('approval alone, by strangers, twice, and credentials without a lease are refused and audited', async ({
    request,
  }) => {
    const { status, body: lease } = await ask(request);
    expect(status).toBe(201);
    const approve = {
      verdict: 'approve',
      scopeHash: lease.scopeHash,
      term: lease.term,
    };
    const decisions = `/v1/leases/${lease.id}/decisions`;
    const sessions = `/v1/leases/${lease.id}/sessions`;

    expect(await refusal(request, 'mary', decisions, approve)).toEqual([
      403,
      'self-approval',
    ]);
    expect(await refusal(request, 'priya', decisions, approve)).toEqual([
      403,
      'beneficiary-approval',
    ]);
    expect(await refusal(request, 'alice', decisions, approve)).toEqual([
      403,
      'not-approver',
    ]);
    expect(await refusal(request, 'peter', decisions, approve)).toEqual([
      404,
      'lease-unknown',
    ]);
    expect(
      await refusal(request, 'mary', sessions, { type: 'credentials' }),
    ).toEqual([403, 'no-active-lease']);

    expect((await call(request, 'daniel', decisions, approve)).status).toBe(
      200,
    );
    expect(await refusal(request, 'daniel', decisions, approve)).toEqual([
      409,
      'already-decided',
    ]);
    expect(
      await refusal(request, 'daniel', sessions, { type: 'credentials' }),
    ).toEqual([403, 'not-requester']);
    await call(request, 'mary', `/v1/leases/${lease.id}/end`, {});
    expect(
      await refusal(request, 'mary', sessions, { type: 'credentials' }),
    ).toEqual([403, 'no-active-lease']);

    const { body } = await call(
      request,
      'ada',
      `/v1/audit?leaseId=${lease.id}&outcome=refused&limit=100`,
    );
    expect(
      body.items.map((entry: { code: string }) => entry.code).reverse(),
    ).toEqual([
      'self-approval',
      'beneficiary-approval',
      'not-approver',
      'lease-unknown',
      'no-active-lease',
      'already-decided',
      'not-requester',
      'no-active-lease',
    ]);
  });

  test('only auditors read the audit log', async ({ request }) => {
    expect(await refusal(request, 'mary', '/v1/audit')).toEqual([
      403,
      'not-auditor',
    ]);
    expect((await call(request, 'ada', '/v1/audit')).status).toBe(200);
  });

  test('accounts that are not trusted are refused by name', async ({
    request,
  }) => {
    for (const name of ['broken-id', 'twin-one', 'shadow-payroll']) {
      const { body } = await call(
        request,
        'mary',
        `/v1/accounts/resource/default/${name}`,
      );
      expect(body.problems.length).toBeGreaterThan(0);
      expect(body.roles).toEqual([]);
    }
  });
});
