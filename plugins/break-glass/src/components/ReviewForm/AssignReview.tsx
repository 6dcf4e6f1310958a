import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';
import { ErrorState, PersonName } from '../shared';
import { PersonDialog } from '../RequestDialog';

/** Who took the review on, and ways to take it on, to give it to somebody, or to give it back. */
export const AssignReview = (props: {
  lease: LeaseDetail;
  onChanged: () => void;
}) => {
  const { lease, onChanged } = props;
  const { reviewer } = lease.review;
  const t = useText();
  return (
    <Box mb={2}>
      <Typography variant="body2" gutterBottom>
        {reviewer ? (
          <>
            {t('review.takenBy')}{' '}
            <PersonName by={reviewer.ref} displayName={reviewer.displayName} />
          </>
        ) : (
          t('review.nobody')
        )}
      </Typography>
      {lease.actions.assign.allowed && (
        <AssignButtons lease={lease} onChanged={onChanged} />
      )}
    </Box>
  );
};

function AssignButtons(props: { lease: LeaseDetail; onChanged: () => void }) {
  const { lease, onChanged } = props;
  const { reviewer } = lease.review;
  const t = useText();
  const { data: me } = useBreakGlassQuery('me', {});
  const action = useBreakGlassAction('assignReview');
  const [giving, setGiving] = useState(false);
  const assign = async (to: string | undefined) => {
    const done = await action.run({
      params: { id: lease.id },
      body: { reviewer: to },
    });
    onChanged();
    return done;
  };
  return (
    <>
      <Box display="flex" flexWrap="wrap" gridGap={8}>
        {me && me.ref !== reviewer?.ref && (
          <Button
            size="small"
            variant="outlined"
            color="primary"
            disabled={action.busy}
            onClick={() => assign(me.ref)}
          >
            {t('review.take')}
          </Button>
        )}
        <Button
          size="small"
          variant="outlined"
          onClick={() => {
            action.reset();
            setGiving(true);
          }}
        >
          {t('review.give')}
        </Button>
        {reviewer && (
          <Button
            size="small"
            disabled={action.busy}
            onClick={() => assign(undefined)}
          >
            {t('review.giveBack')}
          </Button>
        )}
      </Box>
      {action.error !== undefined && !giving && (
        <ErrorState error={action.error} />
      )}
      {giving && (
        <PersonDialog
          title={t('review.giveTitle')}
          text={t('review.giveText')}
          label={t('review.givePerson')}
          confirm={t('review.giveConfirm')}
          busy={action.busy}
          error={action.error}
          onClose={() => setGiving(false)}
          onChosen={async person => {
            if (await assign(person.ref)) {
              setGiving(false);
            }
          }}
        />
      )}
    </>
  );
}
