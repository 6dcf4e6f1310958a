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
      <Alert
        severity={SEVERITY[completeness.state]}
        action={
          completeness.state !== 'complete' && (
            <Button
              color="inherit"
              size="small"
              disabled={look.busy}
              onClick={async () => {
                await look.run({ params: { id: leaseId } });
                onLooked();
              }}
            >
              {look.busy ? t('completeness.looking') : t('completeness.look')}
            </Button>
          )
        }
      >
        <AlertTitle>{t(`completeness.${completeness.state}`)}</AlertTitle>
        <Typography variant="body2">{completeness.words}</Typography>
        <Coverage completeness={completeness} />
      </Alert>
      {look.error !== undefined && <ErrorState error={look.error} />}
    </Box>
  );
};

function Coverage(props: { completeness: Completeness }) {
  const { completeness } = props;
  const t = useText();
  const { lastLookAt, nextLookAt, unreadable, sessionsMissing } = completeness;
  return (
    <>
      <Typography variant="body2">
        {t('completeness.covers', {
          regions: completeness.regions.join(', ') || t('common.noneYet'),
          source: completeness.source,
        })}
        {' · '}
        {t(`completeness.dataEvents.${completeness.dataEvents}`)}
        {lastLookAt && (
          <>
            {' · '}
            {t('completeness.lastLook')} <Instant at={lastLookAt} />
          </>
        )}
        {nextLookAt && (
          <>
            {' · '}
            {t('completeness.nextLook')} <Instant at={nextLookAt} />
          </>
        )}
      </Typography>
      {unreadable.length > 0 && (
        <Typography variant="body2" title={unreadable.join('\n')}>
          {t('completeness.unreadable', { count: unreadable.length })}
        </Typography>
      )}
      {sessionsMissing.length > 0 && (
        <Typography variant="body2" title={sessionsMissing.join('\n')}>
          {t('completeness.sessionsMissing', { count: sessionsMissing.length })}
        </Typography>
      )}
    </>
  );
}
