import { portalAddress } from './portalAddress';

describe('the address of a portal', () => {
  it.each([
    ['https://portal.example.com/', 'https://portal.example.com'],
    ['https://example.com/portal//', 'https://example.com/portal'],
    ['HTTPS://Portal.Example.com:443', 'https://portal.example.com'],
    ['http://localhost:7007/', 'http://localhost:7007'],
    ['http://127.0.0.1:7007', 'http://127.0.0.1:7007'],
    ['http://[::1]:7007', 'http://[::1]:7007'],
  ])('%s is kept as %s', (text, kept) => {
    expect(portalAddress(text)).toBe(kept);
  });

  it.each([
    'portal.example.com',
    'file:///etc/passwd',
    'http://portal.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'https://mary:secret@portal.example.com',
    'https://portal.example.com/?next=x',
    'https://portal.example.com/#x',
    '',
  ])('pitfall 31: %s is refused', text => {
    expect(() => portalAddress(text)).toThrow(
      expect.objectContaining({ name: 'CliError', exitCode: 2 }),
    );
  });

  it('repeats no password in the refusal', () => {
    expect(() =>
      portalAddress('https://mary:secret@portal.example.com'),
    ).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining('secret'),
      }),
    );
  });
});
