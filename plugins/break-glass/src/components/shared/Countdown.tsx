import { useEffect, useRef } from 'react';
import { useNow } from '../../hooks/useNow';
import { useText } from '../../translation';
import { countdownWords, exactWords } from './instants';

/** Time left until `until`; calls `onOver` once when it is over. */
export const Countdown = (props: { until: string; onOver?: () => void }) => {
  const { until, onOver } = props;
  const t = useText();
  const left = Date.parse(until) - useNow(1_000);
  const over = left <= 0;
  const told = useRef<string>();
  useEffect(() => {
    if (over && told.current !== until) {
      told.current = until;
      onOver?.();
    }
  }, [over, until, onOver]);
  return (
    <time
      dateTime={until}
      title={exactWords(until)}
      role="timer"
      aria-label={t('common.timeLeft')}
      style={{ fontVariantNumeric: 'tabular-nums' }}
    >
      {over ? t('common.over') : countdownWords(left)}
    </time>
  );
};
