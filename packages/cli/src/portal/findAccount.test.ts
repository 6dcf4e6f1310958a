import type { AccountDetail } from 'backstage-plugin-break-glass-common';
import { stubSession } from '../testing/stubSession';
import { findAccount } from './findAccount';

const anAccount = (name: string, namespace = 'default') => ({
  ref: `resource:${namespace}/${name}`,
  accountId: '111122223333',
  title: `Account ${name}`,
  controlPlane: false,
  problems: [],
});

const inFull = (name: string, namespace?: string): AccountDetail => ({
  ...anAccount(name, namespace),
  stops: [],
  ticket: { required: false, pattern: '', example: 'SUP-1' },
  roles: [],
});

async function find(text: string, answers: Record<string, unknown>) {
  const { session, sent } = stubSession(answers);
  const { client } = await session();
  const { ref } = await findAccount({ env: {} }, client, text);
  return { ref, asked: sent.map(({ path }) => path) };
}

describe('findAccount', () => {
  it('asks for a reference without its kind as it is', async () => {
    const path = '/v1/accounts/resource/team/payroll';

    expect(
      await find('team/payroll', {
        [`GET ${path}`]: inFull('payroll', 'team'),
      }),
    ).toEqual({ ref: 'resource:team/payroll', asked: [path] });
  });

  it('looks a title up that could be such a reference', async () => {
    const titled = { ...anAccount('payroll'), title: 'Team/Payroll' };

    const { ref } = await find('Team/Payroll', {
      'GET /v1/accounts': { items: [titled] },
      'GET /v1/accounts/resource/default/payroll': inFull('payroll'),
    });

    expect(ref).toBe('resource:default/payroll');
  });

  it('finds one behind the first hundred that have its name in theirs', async () => {
    const { ref } = await find('payroll', {
      'GET /v1/accounts': [
        { items: [anAccount('payroll-test')], nextCursor: 'next' },
        { items: [anAccount('payroll')] },
      ],
      'GET /v1/accounts/resource/default/payroll': inFull('payroll'),
    });

    expect(ref).toBe('resource:default/payroll');
  });
});
