import { histogram } from '../../__testUtils__/timeline';
import { afterNoon } from '../../__testUtils__/leases';
import { zoomTo } from './zoom';

const bars = histogram([1, 2, 3, 4]);

describe('zoomTo', () => {
  it('holds the chosen bars whole', () => {
    expect(zoomTo(bars, 1, 2, {})).toEqual({
      from: afterNoon(1),
      to: afterNoon(3),
    });
  });

  it('takes a drag to the left as one to the right', () => {
    expect(zoomTo(bars, 2, 1, {})).toEqual(zoomTo(bars, 1, 2, {}));
  });

  it('leaves the first and the last event in sight at the ends', () => {
    expect(zoomTo(bars, 0, 3, {})).toEqual({ from: undefined, to: undefined });
    const before = { from: afterNoon(-5), to: afterNoon(50) };
    expect(zoomTo(bars, 0, 1, before)).toEqual({
      from: afterNoon(-5),
      to: afterNoon(2),
    });
    expect(zoomTo(bars, 2, 3, before)).toEqual({
      from: afterNoon(2),
      to: afterNoon(50),
    });
  });
});
