import fc from 'fast-check';
import { isStorable } from 'backstage-plugin-break-glass-common';
import { line } from './line';

describe('line', () => {
  it('makes one line of text that turns, hides or breaks', () => {
    expect(line('a\u0000\u001b[31mb\r\nc\u202ed\u2028e\ufefff', 50)).toBe(
      'a [31mb c d e f',
    );
  });

  it('leaves names as people write them', () => {
    const name = 'arn:aws:s3:::größe/Ω 日本 😀 <b>';
    expect(line(name, 100)).toBe(name);
  });

  it('never cuts a character in half', () => {
    expect(line('ab😀', 3)).toBe('ab ');
  });

  it('is storable, of one line and within its length, whatever came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
        const safe = line(text, 40);
        expect(safe.length).toBeLessThanOrEqual(40);
        expect(isStorable(safe)).toBe(true);
        expect(safe).not.toMatch(/[\n\r\u2028\u2029\u202e]/);
      }),
    );
  });
});
