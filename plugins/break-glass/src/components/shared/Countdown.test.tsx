import { act, render, screen } from '@testing-library/react';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { Countdown } from './Countdown';

describe('Countdown', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('counts to the end, never below it, and tells once', () => {
    jest.setSystemTime(new Date('2026-10-01T12:00:00.000Z'));
    const onOver = jest.fn();
    render(
      <TestApiProvider apis={[mockApis.translation(), mockApis.error()]}>
        <Countdown until="2026-10-01T12:00:02.000Z" onOver={onOver} />
      </TestApiProvider>,
    );
    const timer = screen.getByRole('timer', { name: 'Time left' });
    expect(timer).toHaveTextContent('00:02');
    expect(timer).toHaveAttribute('dateTime', '2026-10-01T12:00:02.000Z');
    expect(timer.getAttribute('title')).toContain('2026-10-01 12:00:02 UTC');
    act(() => jest.advanceTimersByTime(1_000));
    expect(timer).toHaveTextContent('00:01');
    expect(onOver).not.toHaveBeenCalled();
    act(() => jest.advanceTimersByTime(5_000));
    expect(timer).toHaveTextContent('over');
    expect(onOver).toHaveBeenCalledTimes(1);
  });
});
