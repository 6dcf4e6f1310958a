import Typography from '@material-ui/core/Typography';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { memo } from 'react';
import { useText } from '../../translation';
import { FollowUpsOf } from '../FollowUps';
import { Panel, PeopleText, Reasons } from '../shared';
import { AssignReview } from './AssignReview';
import { GivenVerdict } from './GivenVerdict';
import { ReopenReview } from './ReopenReview';
import { ReviewForm } from './ReviewForm';
import { ShownEvidence } from './verdict';

/** Verdicts that were given and what remains of them, who does the review, and the form for the viewer's own. */
export const ReviewPanel = memo(
  (props: {
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
            <GivenVerdict {...given} />
            {given.override && (
              <>
                <Typography variant="subtitle2" component="h3">
                  {t('review.override')}
                </Typography>
                <PeopleText text={given.override} />
              </>
            )}
          </Panel>
        ))}
        {lease.reviews.some(({ followUps }) => followUps.length > 0) && (
          <FollowUpsOf leaseId={lease.id} />
        )}
        {(lease.review.state === 'accepted' ||
          lease.review.state === 'flagged') && (
          <ReopenReview lease={lease} onChanged={onChanged} />
        )}
        {(inReview || allowed) && (
          <Panel title={t('review.title')}>
            <AssignReview lease={lease} onChanged={onChanged} />
            {allowed && evidence && (
              <ReviewForm
                leaseId={lease.id}
                evidence={evidence}
                onChanged={onChanged}
              />
            )}
            {allowed && !evidence && (
              <Typography variant="body2">
                {t('review.waitEvidence')}
              </Typography>
            )}
            {!allowed && (
              <Reasons title={t('review.cannot')} reasons={reasons} />
            )}
          </Panel>
        )}
      </>
    );
  },
);
