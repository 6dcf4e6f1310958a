import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  BulkReviewResult,
  LeaseSummary,
} from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';

/** What became of one lease, with the lease as the queue showed it. */
export type NamedResult = BulkReviewResult['items'][number] & {
  lease?: LeaseSummary;
};

/** How many leases a bulk accepted, and why it did not accept the others. */
export const BulkResult = (props: {
  results: NamedResult[];
  onDismiss: () => void;
}) => {
  const { results, onDismiss } = props;
  const t = useText();
  const accepted = results.filter(result => result.accepted).length;
  const refused = results.filter(result => !result.accepted);
  return (
    <div role="status">
      {results.length > 0 && (
        <Box mb={2}>
          <Alert
            severity={refused.length > 0 ? 'warning' : 'success'}
            closeText={t('reviews.bulkDismiss')}
            onClose={onDismiss}
          >
            {t('reviews.bulkDone', { count: accepted })}
            {refused.map(({ leaseId, lease, message }) => (
              <Typography key={leaseId} variant="body2">
                {t('reviews.bulkRefused', {
                  person: lease?.requester.displayName ?? leaseId,
                  account: lease?.account.title ?? '',
                })}
                {message && `: ${message}`}
              </Typography>
            ))}
          </Alert>
        </Box>
      )}
    </div>
  );
};
