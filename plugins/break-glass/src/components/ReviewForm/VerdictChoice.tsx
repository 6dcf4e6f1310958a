import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { useText } from '../../translation';

/** What a reviewer concludes. */
export type ReviewVerdict = 'accepted' | 'flagged';

/** The choice between accepting and flagging. */
export const VerdictChoice = (props: {
  verdict: ReviewVerdict;
  onChange: (verdict: ReviewVerdict) => void;
  /** What accepting means here, where it is not the fit with a reason. */
  accept?: string;
}) => {
  const { verdict, onChange, accept } = props;
  const t = useText();
  return (
    <RadioGroup
      aria-label={t('review.title')}
      value={verdict}
      onChange={event => onChange(event.target.value as ReviewVerdict)}
    >
      <FormControlLabel
        value="accepted"
        control={<Radio color="primary" />}
        label={accept ?? t('review.accept')}
      />
      <FormControlLabel
        value="flagged"
        control={<Radio color="primary" />}
        label={t('review.flag')}
      />
    </RadioGroup>
  );
};
