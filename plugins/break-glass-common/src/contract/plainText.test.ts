import { freeTextSchema, optionalCommentSchema } from './primitives';

describe('texts of people', () => {
  it.each([
    ['a NUL', 'a\u0000b'],
    ['half of a pair', 'a\ud800'],
    ['reversed text', 'a\u202eb'],
    ['nothing visible', '\u200b\u2060'],
    ['a session token', 'dropped X-Amz-Security-Token=abc'],
    ['a key file', 'aws_secret_access_key = abc'],
  ])('pitfall 32: refuse %s', (_, text) => {
    expect(freeTextSchema.safeParse(text).success).toBe(false);
    expect(optionalCommentSchema.safeParse(text).success).toBe(false);
  });

  it.each(['Зачем', '救急', 'naïve – “quoted” 🔥', 'a\nb\tc', '=cmd|calc'])(
    'take %j as it is',
    text => {
      expect(freeTextSchema.parse(text)).toBe(text);
    },
  );

  it('take no comment at all', () => {
    expect(optionalCommentSchema.parse('')).toBe('');
    expect(optionalCommentSchema.parse(undefined)).toBeUndefined();
  });
});
