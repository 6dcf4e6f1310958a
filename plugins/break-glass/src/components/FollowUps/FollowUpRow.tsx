import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { FollowUpState } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { leaseRouteRef, unbrokeredRouteRef } from '../../routes';
import { useText } from '../../translation';
import {
  CommentDialog,
  ExplainedButton,
  Instant,
  PeopleText,
  PersonName,
  reasonOf,
  RowBox,
  ToneChip,
} from '../shared';

/** One thing that remains to be done: what, by whom, until when, and where it comes from. */
export const FollowUpRow = (props: {
  followUp: FollowUpState;
  /** Left out where the page is the one it comes from. */
  withOrigin?: boolean;
  onChanged: () => void;
}) => {
  const { followUp, withOrigin, onChanged } = props;
  const t = useText();
  return (
    <RowBox
      side={
        !followUp.done && <Finish followUp={followUp} onChanged={onChanged} />
      }
    >
      <PeopleText text={followUp.title} />
      <Typography variant="body2" component="div">
        <FollowUpChip followUp={followUp} />{' '}
        {followUp.owner ? (
          <PersonName by={followUp.owner} />
        ) : (
          t('followUps.noOwner')
        )}
        {followUp.dueAt && (
          <>
            {' · '}
            {t('followUps.due')} <Instant at={followUp.dueAt} />
          </>
        )}
      </Typography>
      <Typography variant="caption" component="p">
        {withOrigin && (
          <>
            <Origin followUp={followUp} />
            {' · '}
          </>
        )}
        {t('followUps.askedBy')} <PersonName by={followUp.createdBy} />{' '}
        <Instant at={followUp.createdAt} />
      </Typography>
      {followUp.done && (
        <>
          <Typography variant="caption" component="p">
            {t('followUps.doneBy')} <PersonName by={followUp.done.by} />{' '}
            <Instant at={followUp.done.at} />
          </Typography>
          <PeopleText text={followUp.done.comment} />
        </>
      )}
    </RowBox>
  );
};

function FollowUpChip(props: { followUp: FollowUpState }) {
  const { done, overdue } = props.followUp;
  const t = useText();
  if (done) {
    return <ToneChip tone="good" label={t('followUps.state.done')} />;
  }
  return overdue ? (
    <ToneChip tone="bad" label={t('followUps.state.overdue')} />
  ) : (
    <ToneChip tone="waiting" label={t('followUps.state.open')} />
  );
}

function Origin(props: { followUp: FollowUpState }) {
  const { leaseId, unbrokeredId, accountTitle } = props.followUp;
  const t = useText();
  const leaseRoute = useRouteRef(leaseRouteRef);
  const unbrokeredRoute = useRouteRef(unbrokeredRouteRef);
  if (leaseId) {
    return (
      <Link underline="always" to={leaseRoute({ id: leaseId })}>
        {t('followUps.ofLease', { account: accountTitle })}
      </Link>
    );
  }
  return unbrokeredId ? (
    <Link underline="always" to={unbrokeredRoute({ id: unbrokeredId })}>
      {t('followUps.ofUse', { account: accountTitle })}
    </Link>
  ) : (
    <>{accountTitle}</>
  );
}

function Finish(props: { followUp: FollowUpState; onChanged: () => void }) {
  const { followUp, onChanged } = props;
  const t = useText();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <ExplainedButton
        size="small"
        variant="outlined"
        reason={reasonOf(followUp.canFinish)}
        onClick={() => setAsking(true)}
        aria-label={t('followUps.finishOne', { title: followUp.title })}
      >
        {t('followUps.finish')}
      </ExplainedButton>
      {asking && (
        <CommentDialog
          route="finishFollowUp"
          title={t('followUps.finishTitle')}
          text={followUp.title}
          help={t('followUps.finishHelp')}
          confirm={t('followUps.finish')}
          inputOf={comment => ({
            params: { id: followUp.id },
            body: { comment },
          })}
          onClose={() => setAsking(false)}
          onChanged={onChanged}
        />
      )}
    </>
  );
}
