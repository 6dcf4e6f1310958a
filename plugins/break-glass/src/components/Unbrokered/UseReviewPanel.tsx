import { UnbrokeredDetail } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { GivenVerdict } from '../ReviewForm';
import { Panel, Reasons } from '../shared';
import { UseReviewForm } from './UseReviewForm';

/** Verdicts on a use that were given, and the form for the viewer's own. */
export const UseReviewPanel = (props: {
  use: UnbrokeredDetail;
  onChanged: () => void;
}) => {
  const { use, onChanged } = props;
  const { allowed, reasons } = use.actions.review;
  const t = useText();
  const decided = use.state === 'accepted' || use.state === 'flagged';
  return (
    <>
      {use.reviews.map(review => (
        <Panel key={review.id} title={t('review.given')}>
          <GivenVerdict {...review} />
        </Panel>
      ))}
      {(allowed || !decided) && (
        <Panel title={t('unbrokered.review')}>
          {allowed ? (
            <UseReviewForm use={use} onChanged={onChanged} />
          ) : (
            <Reasons title={t('unbrokered.cannotReview')} reasons={reasons} />
          )}
        </Panel>
      )}
    </>
  );
};
