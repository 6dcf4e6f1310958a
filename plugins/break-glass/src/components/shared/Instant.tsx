import { useLanguage } from '../../hooks/useLanguage';
import { useNow } from '../../hooks/useNow';
import { clockWords, exactWords, relativeWords } from './instants';

const EVERY_MS = 20_000;

/** A time relative to now; the exact instant and its zone show on hover. */
export const Instant = (props: {
  at: string;
  /** Says the clock time beside it, where people plan by it. */
  withClock?: boolean;
}) => {
  const language = useLanguage();
  const now = useNow(EVERY_MS);
  return (
    <time dateTime={props.at} title={exactWords(props.at)}>
      {relativeWords(props.at, now, language)}
      {props.withClock && ` (${clockWords(props.at, language)})`}
    </time>
  );
};
