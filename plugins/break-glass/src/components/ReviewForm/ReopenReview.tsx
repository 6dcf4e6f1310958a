import Box from '@material-ui/core/Box';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';
import { CommentDialog, ExplainedButton, reasonOf } from '../shared';

/** Opens a review again that had its verdict; reviewers who may not are told why. */
export const ReopenReview = (props: {
  lease: LeaseDetail;
  onChanged: () => void;
}) => {
  const { lease, onChanged } = props;
  const { reopen } = lease.actions;
  const t = useText();
  const { data: me } = useBreakGlassQuery('me', {});
  const [asking, setAsking] = useState(false);
  if (!reopen.allowed && !me?.reviewer) {
    return null;
  }
  return (
    <Box mb={3}>
      <ExplainedButton
        variant="outlined"
        reason={reasonOf(reopen)}
        onClick={() => setAsking(true)}
      >
        {t('review.reopen')}
      </ExplainedButton>
      {asking && (
        <CommentDialog
          route="reopenReview"
          title={t('review.reopenTitle')}
          text={t('review.reopenText')}
          help={t('review.reopenHelp')}
          confirm={t('review.reopen')}
          inputOf={comment => ({
            params: { id: lease.id },
            body: { comment },
          })}
          onClose={() => setAsking(false)}
          onChanged={onChanged}
        />
      )}
    </Box>
  );
};
