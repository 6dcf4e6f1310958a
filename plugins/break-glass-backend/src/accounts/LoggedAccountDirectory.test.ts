import { mockServices } from '@backstage/backend-test-utils';
import { LoggedAccountDirectory } from './LoggedAccountDirectory';
import { AccountDirectory, AccountResolution } from './types';

const unusable = (name: string, ...codes: string[]): AccountResolution => ({
  ok: false,
  ref: `resource:default/${name}`,
  title: name,
  accountId: '111122223333',
  problems: codes.map(code => ({
    code: code as never,
    message: `${name} ${code}.`,
    fix: 'Mend it.',
  })),
});

describe('LoggedAccountDirectory', () => {
  it('I13: says once for each account and reason why it is not usable', async () => {
    const logger = mockServices.logger.mock();
    const items = [unusable('a', 'one', 'two'), unusable('b', 'one')];
    const directory: AccountDirectory = {
      resolve: async () => items[0],
      list: async () => ({ items }),
    };
    const logged = new LoggedAccountDirectory(directory, logger);
    for (let time = 0; time < 2; time++) {
      expect(await logged.resolve('resource:default/a')).toBe(items[0]);
      expect((await logged.list({ limit: 10 })).items).toBe(items);
    }
    expect(logger.warn.mock.calls.map(([words]) => words)).toEqual([
      'The account resource:default/a is not usable (one): a one.',
      'The account resource:default/a is not usable (two): a two.',
      'The account resource:default/b is not usable (one): b one.',
    ]);
  });
});
