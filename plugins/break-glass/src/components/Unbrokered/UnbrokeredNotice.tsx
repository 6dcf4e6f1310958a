import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { unbrokeredRouteRef } from '../../routes';
import { useText } from '../../translation';
import { ErrorState, ForeignText, Instant } from '../shared';
import { UseChips } from './UseChips';

const LIMIT = 5;

/** Says on the page of a lease, or of an account, which unbrokered uses belong beside it; nothing where there are none. */
export const UnbrokeredNotice = (props: {
  leaseId?: string;
  accountRef?: string;
}) => {
  const { leaseId, accountRef } = props;
  const t = useText();
  const route = useRouteRef(unbrokeredRouteRef);
  const { data, error, refetch } = useBreakGlassQuery('listUnbrokered', {
    query: { leaseId, accountRef, limit: LIMIT },
  });
  if (error !== undefined) {
    return <ErrorState error={error} onRetry={refetch} />;
  }
  const count = data?.items.length ?? 0;
  if (!data || count === 0) {
    return null;
  }
  const settled = data.items.every(({ state }) => state === 'accepted');
  return (
    <Box my={2}>
      <Alert severity={settled ? 'info' : 'warning'}>
        <AlertTitle>
          {leaseId
            ? t('unbrokered.noticeLease', { count })
            : t('unbrokered.noticeAccount', { count })}
          {data.nextCursor && `, ${t('unbrokered.noticeMore')}`}
        </AlertTitle>
        {data.items.map(use => (
          <Box key={use.id} mb={0.5}>
            <Link underline="always" to={route({ id: use.id })}>
              {t(`unbrokered.kind.${use.kind}`)}:{' '}
              <ForeignText text={use.emergencyUser ?? use.principal} />
            </Link>{' '}
            <Instant at={use.at} /> <UseChips use={use} />
          </Box>
        ))}
      </Alert>
    </Box>
  );
};
