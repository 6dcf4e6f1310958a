import { proxyWords } from './proxyWords';

describe('proxyWords', () => {
  it.each([
    'http://proxy.example.com:8080',
    'http://proxy.example.com:8080/',
    'http://mary:s3cret@proxy.example.com:8080',
    'http://mary:s3@cret@proxy.example.com:8080',
  ])('names the host alone: %s', url => {
    expect(proxyWords(url)).toBe(
      'HTTPS_PROXY names the proxy proxy.example.com:8080.',
    );
  });

  it.each([
    'http://user:12/34@proxy:8080',
    'http://user:12\\34@proxy:8080',
    'http://user:12?34@proxy:8080',
    'http://user:12#34@proxy:8080',
    'http://user:a/34@proxy:8080',
    'https:/user:12/34@proxy:8080',
    'http://',
    'proxy',
  ])('repeats nothing of what is no address of one: %s', url => {
    const words = proxyWords(url);
    expect(words).toContain('HTTPS_PROXY is no address of a proxy');
    expect(words.replace(/http:\/\/proxy\.example\.com:8080/, '')).not.toMatch(
      /user|12|34|proxy:/,
    );
  });
});
