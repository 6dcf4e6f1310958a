import { MemoryAdapter } from './MemoryAdapter';

describe('MemoryAdapter', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('forgets what has expired', async () => {
    const codes = MemoryAdapter.factory()('AuthorizationCode');
    await codes.upsert('a', { accountId: 'mary' }, 60);

    jest.setSystemTime(59_999);
    expect(await codes.find('a')).toEqual({ accountId: 'mary' });
    jest.setSystemTime(60_000);
    expect(await codes.find('a')).toBeUndefined();
  });

  it('keeps models apart', async () => {
    const factory = MemoryAdapter.factory();
    await factory('Session').upsert('a', { uid: 'u' });

    expect(await factory('Interaction').find('a')).toBeUndefined();
    expect(await factory('Interaction').findByUid('u')).toBeUndefined();
    expect(await factory('Session').findByUid('u')).toEqual({ uid: 'u' });
  });

  it('revokes a grant in every model', async () => {
    const factory = MemoryAdapter.factory();
    await factory('AccessToken').upsert('a', { grantId: 'g' });
    await factory('RefreshToken').upsert('r', { grantId: 'g' });
    await factory('RefreshToken').upsert('other', { grantId: 'h' });

    await factory('AccessToken').revokeByGrantId('g');

    expect(await factory('AccessToken').find('a')).toBeUndefined();
    expect(await factory('RefreshToken').find('r')).toBeUndefined();
    expect(await factory('RefreshToken').find('other')).toBeDefined();
  });

  it('marks a code as used', async () => {
    const codes = MemoryAdapter.factory()('AuthorizationCode');
    await codes.upsert('a', {}, 60);

    jest.setSystemTime(5000);
    await codes.consume('a');

    expect(await codes.find('a')).toEqual({ consumed: 5 });
  });
});
