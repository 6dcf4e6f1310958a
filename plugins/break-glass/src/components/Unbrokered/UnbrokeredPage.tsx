import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { UnbrokeredDetail } from 'backstage-plugin-break-glass-common';
import { useParams } from 'react-router-dom';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { rootRouteRef } from '../../routes';
import { useText } from '../../translation';
import { FollowUpsOf } from '../FollowUps';
import { ErrorState, Shape } from '../shared';
import { JustificationPanel } from './JustificationPanel';
import { OwnerPanel } from './OwnerPanel';
import { UseActivity } from './UseActivity';
import { UseChips } from './UseChips';
import { UseFacts } from './UseFacts';
import { UseReviewPanel } from './UseReviewPanel';

/** One unbrokered use: what is known of it, what was done, the explanation and the review. */
export const UnbrokeredPage = () => {
  const { id = '' } = useParams();
  const t = useText();
  const root = useRouteRef(rootRouteRef)();
  const { data, error, loading, refetch } = useBreakGlassQuery(
    'getUnbrokered',
    { params: { id } },
  );
  return (
    <div data-testid="break-glass-unbrokered">
      <Box mb={2}>
        <Link to={`${root}/unbrokered`}>{t('unbrokered.back')}</Link>
      </Box>
      {!data && loading && <Shape heights={[56, 160, 240]} />}
      {error !== undefined && <ErrorState error={error} onRetry={refetch} />}
      {data && <UseBody use={data} onChanged={refetch} />}
    </div>
  );
};

function UseBody(props: { use: UnbrokeredDetail; onChanged: () => void }) {
  const { use, onChanged } = props;
  const t = useText();
  return (
    <>
      <Box
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        gridGap={8}
        mb={2}
      >
        <Typography variant="h4" component="h1" style={{ margin: 0 }}>
          {t(`unbrokered.kind.${use.kind}`)} · {use.account.title}
        </Typography>
        <UseChips use={use} />
      </Box>
      <Box mb={3}>
        <Alert severity={use.state === 'accepted' ? 'info' : 'warning'}>
          <span dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {use.words}
          </span>
        </Alert>
      </Box>
      <Grid container spacing={3}>
        <Grid item xs={12} md={4}>
          <UseFacts use={use} />
        </Grid>
        <Grid item xs={12} md={8}>
          <UseActivity id={use.id} />
          <OwnerPanel use={use} onChanged={onChanged} />
          <JustificationPanel use={use} onChanged={onChanged} />
          <UseReviewPanel use={use} onChanged={onChanged} />
          {use.reviews.some(({ followUps }) => followUps.length > 0) && (
            <FollowUpsOf unbrokeredId={use.id} />
          )}
        </Grid>
      </Grid>
    </>
  );
}
