import { getContrastRatio } from '@material-ui/core/styles';
import { readableOn } from './ReadableTheme';

describe('readableOn', () => {
  it.each([
    ['#f44336', '#ffffff'],
    ['#f44336', '#f5f5f5'],
    ['#f44336', '#424242'],
    ['#f44336', '#333333'],
    ['#ffffff', '#ffffff'],
    ['#777777', '#777777'],
  ])('makes text of %s readable on %s', (color, surface) => {
    expect(
      getContrastRatio(readableOn(color, surface), surface),
    ).toBeGreaterThanOrEqual(4.5);
  });

  it('leaves a colour alone that can be read', () => {
    expect(readableOn('#000000', '#ffffff')).toBe('#000000');
  });
});
