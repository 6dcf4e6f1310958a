import { isFullRef, isMeant, parseAccountRef, shortRef } from './accountNames';

describe('references of accounts', () => {
  it.each([
    ['resource:default/payroll', 'resource', 'default', 'payroll'],
    ['team/payroll', 'resource', 'team', 'payroll'],
    ['payroll', 'resource', 'default', 'payroll'],
  ])('%s is taken apart', (text, kind, namespace, name) => {
    expect(parseAccountRef(text)).toEqual({ kind, namespace, name });
  });

  it.each(['', 'a b', 'a/b/c', 'resource:default/x; touch y', 'x\ny', '$(id)'])(
    '%j is none',
    text => {
      expect(parseAccountRef(text)).toBeUndefined();
      expect(isFullRef(text)).toBe(false);
    },
  );

  it('stand in a command where nothing is left out of them', () => {
    expect(isFullRef('resource:default/payroll')).toBe(true);
    expect(isFullRef('default/payroll')).toBe(false);
    expect(isFullRef('resource:payroll')).toBe(false);
  });

  it('are shown as short as they are typed', () => {
    expect(shortRef('resource:default/payroll')).toBe('payroll');
    expect(shortRef('resource:team/payroll')).toBe('team/payroll');
  });

  it('mean an account of that name alone', () => {
    const account = {
      ref: 'resource:team/payroll',
      title: 'Pay Roll',
      accountId: '111122223333',
    };
    const texts = ['payroll', 'PAY ROLL', 'team/payroll', account.ref];

    expect(texts.every(text => isMeant(account, text))).toBe(true);
    expect(isMeant(account, account.accountId)).toBe(true);
    for (const text of ['pay', 'default/payroll', '1111', '', 'team']) {
      expect(isMeant(account, text)).toBe(false);
    }
  });
});
