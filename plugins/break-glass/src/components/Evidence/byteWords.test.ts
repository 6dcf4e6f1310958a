import { byteWords } from './byteWords';

describe('byteWords', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_500, '1.5 KB'],
    [15_400_000, '15 MB'],
    [2_000_000_000, '2 GB'],
    [4_200_000_000_000_000_000, '4,200 PB'],
  ])('says %d bytes as %s', (bytes, words) => {
    expect(byteWords(bytes, 'en')).toBe(words);
  });
});
