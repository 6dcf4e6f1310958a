import Typography from '@material-ui/core/Typography';
import {
  LeaseDetail,
  ReviewSummary,
} from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { Panel } from '../shared/Panel';
import { Instant, PeopleText, PersonName, ReviewStateChip } from '../shared';
import { ReviewForm } from './ReviewForm';
import { ShownEvidence } from './verdict';

/** Verdicts that were given, and the form for the viewer's own. */
export const ReviewPanel = (props: {
  lease: LeaseDetail;
  evidence?: ShownEvidence;
  onChanged: () => void;
}) => {
  const { lease, evidence, onChanged } = props;
  const { allowed, reasons } = lease.actions.review;
  const t = useText();
  const inReview =
    lease.review.state === 'open' || lease.review.state === 'collecting';
  return (
    <>
      {lease.reviews.map(given => (
        <Panel key={given.id} title={t('review.given')}>
          <GivenVerdict review={given} />
        </Panel>
      ))}
      {allowed && (
        <Panel title={t('review.title')}>
          {evidence ? (
            <ReviewForm
              leaseId={lease.id}
              evidence={evidence}
              onChanged={onChanged}
            />
          ) : (
            <Typography variant="body2">{t('review.waitEvidence')}</Typography>
          )}
        </Panel>
      )}
      {!allowed && inReview && (
        <Panel title={t('review.title')}>
          <Typography variant="body2">{t('review.cannot')}</Typography>
          {reasons.map(reason => (
            <Typography key={reason.code} variant="body2">
              {reason.message}
            </Typography>
          ))}
        </Panel>
      )}
    </>
  );
};

function GivenVerdict(props: { review: ReviewSummary }) {
  const { review } = props;
  const t = useText();
  return (
    <>
      <Typography variant="body2" component="div">
        <ReviewStateChip state={review.verdict} /> {t('review.by')}{' '}
        <PersonName by={review.by} /> · <Instant at={review.at} />
      </Typography>
      <PeopleText text={review.comment} />
      {review.override && (
        <>
          <Typography variant="subtitle2" component="h3">
            {t('review.override')}
          </Typography>
          <PeopleText text={review.override} />
        </>
      )}
      {review.followUps.length > 0 && (
        <>
          <Typography variant="subtitle2" component="h3">
            {t('review.followUps')}
          </Typography>
          <ul>
            {review.followUps.map((followUp, index) => (
              <li key={index}>
                <PeopleText text={followUp.title} />
                <Typography variant="caption">
                  {followUp.owner && <PersonName by={followUp.owner} />}{' '}
                  {followUp.dueAt && (
                    <>
                      {t('review.followUpDueOn')}{' '}
                      <Instant at={followUp.dueAt} />
                    </>
                  )}
                </Typography>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
