import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { LeaseSummary } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { Text, useText } from '../../translation';
import { ConfirmDialog, ExplainedButton } from '../shared';
import { canBulk, MAX_BULK } from './bulk';
import { NamedResult } from './BulkResult';

/** Accepts the selected leases, under which no session was issued, with one comment. */
export const BulkAccept = (props: {
  leases: LeaseSummary[];
  selected: ReadonlySet<string>;
  onDone: (results: NamedResult[]) => void;
}) => {
  const { leases, selected, onDone } = props;
  const t = useText();
  const action = useBreakGlassAction('reviewInBulk');
  const [asking, setAsking] = useState(false);
  // What left the queue meanwhile is no longer selected.
  const chosen = leases.filter(
    lease => selected.has(lease.id) && canBulk(lease),
  );
  if (!leases.some(canBulk)) {
    return null;
  }
  const accept = async (comment = '') => {
    const answer = await action.run({
      body: { leaseIds: chosen.map(({ id }) => id), comment },
    });
    if (answer) {
      setAsking(false);
      onDone(named(answer.items, chosen));
    }
  };
  return (
    <Box mb={2}>
      <Typography variant="body2" gutterBottom>
        {t('reviews.bulkHint')}
      </Typography>
      <ExplainedButton
        size="small"
        variant="outlined"
        color="primary"
        reason={bulkGap(chosen.length, t)}
        onClick={() => setAsking(true)}
      >
        {t('reviews.bulkAccept', { count: chosen.length })}
      </ExplainedButton>
      {asking && (
        <ConfirmDialog
          title={t('reviews.bulkTitle', { count: chosen.length })}
          text={t('reviews.bulkText')}
          commentHelp={t('reviews.bulkHelp')}
          commentRequired
          confirm={t('reviews.bulkAccept', { count: chosen.length })}
          busy={action.busy}
          error={action.error}
          blocked={chosen.length === 0}
          onConfirm={accept}
          onClose={() => setAsking(false)}
        />
      )}
    </Box>
  );
};

function named(
  results: Omit<NamedResult, 'lease'>[],
  leases: LeaseSummary[],
): NamedResult[] {
  return results.map(result => ({
    ...result,
    lease: leases.find(({ id }) => id === result.leaseId),
  }));
}

function bulkGap(count: number, t: Text): string | undefined {
  if (count > MAX_BULK) {
    return t('reviews.bulkTooMany', { limit: String(MAX_BULK) });
  }
  return count === 0 ? t('reviews.bulkNone') : undefined;
}
