import { byteAmount, bytesIn } from './byteAmount';

const GB = 1024 ** 3;

it.each([
  ['10MB', 10 * 1024 ** 2],
  ['1500MB', 1500 * 1024 ** 2],
  ['100GB', 100 * GB],
  ['1TB', 1024 * GB],
])('%s is %d bytes, and is written so', (text, bytes) => {
  expect(bytesIn(text)).toBe(bytes);
  expect(byteAmount(bytes)).toBe(text);
});

it('says an amount in the largest unit that leaves no remainder', () => {
  expect(byteAmount(bytesIn('2048GB')!)).toBe('2TB');
  expect(byteAmount(bytesIn('1536GB')!)).toBe('1536GB');
});

it.each(['0GB', '-1GB', '1.5GB', '1gb', '1 GB', '100', '1GB\n', ''])(
  'pitfall 15: %j is no amount',
  text => {
    expect(bytesIn(text)).toBeUndefined();
  },
);
