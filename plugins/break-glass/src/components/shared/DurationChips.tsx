import Chip from '@material-ui/core/Chip';
import { useText } from '../../translation';
import { durationWords } from './durationWords';

/** Durations to choose from, in minutes; the field beside them takes any other. */
export const DurationChips = (props: {
  suggested: number[];
  /** Whole minutes as typed or chosen. */
  chosen: string;
  onChoose: (minutes: string) => void;
}) => {
  const { suggested, chosen, onChoose } = props;
  const t = useText();
  return (
    <>
      {suggested.map(minutes => {
        const isChosen = chosen === String(minutes);
        return (
          <Chip
            key={minutes}
            label={durationWords(minutes, t)}
            clickable
            component="button"
            type="button"
            color={isChosen ? 'primary' : 'default'}
            variant={isChosen ? 'default' : 'outlined'}
            aria-pressed={isChosen}
            onClick={() => onChoose(String(minutes))}
          />
        );
      })}
    </>
  );
};
