import { inert, inertJson, inertLines, line, repeated } from './inert';

describe('text of somebody else', () => {
  it.each([
    ['plain words, ünïcödé and 漢字 🙂', 'plain words, ünïcödé and 漢字 🙂'],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u009b31mred', '\\u009b31mred'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['\u2066a\u2069\u200b', '\\u2066a\\u2069\\u200b'],
    ['\u2028\u2029', '\\u2028\\u2029'],
    ['\ud83d', '\\ud83d'],
    ['\u{e0041}', '\\udb40\\udc41'],
  ])('pitfall 32: %j becomes %j', (text, shown) => {
    expect(inert(text)).toBe(shown);
    expect(line`> ${text}`).toBe(`> ${shown}`);
  });

  it('has no line of its own between ours', () => {
    expect(inertLines('one\ntwo\r\u0007')).toBe('one\ntwo \\u0007');
  });

  it('is the same value in JSON', () => {
    const value = { '\u202ekey': ['\u009b', '\n', '\ud83d', '🙂'] };

    const json = inertJson(value);

    expect(JSON.parse(json)).toEqual(value);
    expect(json).not.toMatch(/[\u0080-\u009f\u202e]/);
  });

  it('of an error is repeated up to what a person reads', () => {
    expect(repeated('Because\u0007.')).toBe('Because\\u0007.');
    expect(repeated('x'.repeat(2_000))).toHaveLength(2_000);
    expect(repeated('x'.repeat(2_001))).toBe(`${'x'.repeat(2_000)}…`);
  });
});
