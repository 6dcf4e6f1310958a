import Typography from '@material-ui/core/Typography';
import { ReviewSummary } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { Instant, PeopleText, PersonName, ReviewStateChip } from '../shared';

/** A verdict as it was given: what, by whom, when and why. */
export const GivenVerdict = (
  props: Pick<ReviewSummary, 'verdict' | 'by' | 'at' | 'comment'>,
) => {
  const { verdict, by, at, comment } = props;
  const t = useText();
  return (
    <>
      <Typography variant="body2" component="div">
        <ReviewStateChip state={verdict} /> {t('review.by')}{' '}
        <PersonName by={by} /> · <Instant at={at} />
      </Typography>
      <PeopleText text={comment} />
    </>
  );
};
