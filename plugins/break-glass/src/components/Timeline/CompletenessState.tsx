import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { Completeness } from 'backstage-plugin-break-glass-common';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import { ErrorState, Instant } from '../shared';

const SEVERITY = {
  complete: 'success',
  collecting: 'info',
  'logs-missing': 'warning',
} as const;

/** How far the logs are, what they cover, and a button to look again. */
export const CompletenessState = (props: {
  leaseId: string;
  completeness: Completeness;
  onLooked: () => void;
}) => {
  const { leaseId, completeness, onLooked } = props;
  const t = useText();
  const look = useBreakGlassAction('collectActivity');
  return (
    <Box mb={2}>
      <Alert severity={SEVERITY[completeness.state]}>
        <AlertTitle>{t(`completeness.${completeness.state}`)}</AlertTitle>
        <Typography variant="body2">{completeness.words}</Typography>
        <Coverage completeness={completeness} />
        {completeness.state !== 'complete' && (
          <Box mt={1}>
            <Button
              color="inherit"
              variant="outlined"
              size="small"
              disabled={look.busy}
              onClick={async () => {
                await look.run({ params: { id: leaseId } });
                onLooked();
              }}
            >
              {look.busy ? t('completeness.looking') : t('completeness.look')}
            </Button>
          </Box>
        )}
      </Alert>
      {look.error !== undefined && <ErrorState error={look.error} />}
    </Box>
  );
};

function Coverage(props: { completeness: Completeness }) {
  const { completeness } = props;
  const { regions, source, dataEvents, unreadable, sessionsMissing } =
    completeness;
  const t = useText();
  return (
    <>
      {regions.length > 0 && (
        <Typography variant="body2">
          {t('completeness.covers', { regions: regions.join(', '), source })}
          {' · '}
          {t(`completeness.dataEvents.${dataEvents}`)}
        </Typography>
      )}
      <Looks completeness={completeness} />
      {unreadable.length > 0 && (
        <Typography variant="body2" title={unreadable.join('\n')}>
          {t('completeness.unreadable', { count: unreadable.length })}
        </Typography>
      )}
      {sessionsMissing.length > 0 && (
        <Typography variant="body2" title={sessionsMissing.join('\n')}>
          {completeness.state === 'collecting'
            ? t('completeness.sessionsAwaited', {
                count: sessionsMissing.length,
              })
            : t('completeness.sessionsMissing', {
                count: sessionsMissing.length,
              })}
        </Typography>
      )}
    </>
  );
}

function Looks(props: { completeness: Completeness }) {
  const { lastLookAt, nextLookAt } = props.completeness;
  const t = useText();
  return lastLookAt || nextLookAt ? (
    <Typography variant="body2">
      {lastLookAt && (
        <>
          {t('completeness.lastLook')} <Instant at={lastLookAt} />
        </>
      )}
      {lastLookAt && nextLookAt && ' · '}
      {nextLookAt && (
        <>
          {t('completeness.nextLook')} <Instant at={nextLookAt} />
        </>
      )}
    </Typography>
  ) : null;
}
