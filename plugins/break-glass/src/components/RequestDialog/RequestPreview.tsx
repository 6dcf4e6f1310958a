import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { LeasePreview } from 'backstage-plugin-break-glass-common';
import { ReactNode } from 'react';
import { useText } from '../../translation';
import {
  durationWords,
  ErrorState,
  Instant,
  PolicyInWords,
  Shape,
  StepsList,
} from '../shared';
import { otherProblems } from './problems';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
    updating: { opacity: 0.6 },
  }),
  { name: 'BreakGlassRequestPreview' },
);

/** What the request comes to, while it is being filled in: the server's own dry run. */
export const RequestPreview = (props: {
  preview?: LeasePreview;
  /** Nobody approves it beforehand. */
  emergency: boolean;
  fresh: boolean;
  error?: unknown;
  onRetry: () => void;
}) => {
  const { preview, emergency, fresh, error, onRetry } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <section
      className={classes.root}
      aria-label={t('request.preview')}
      aria-busy={!fresh}
    >
      <Typography variant="h6" component="h3" gutterBottom>
        {t('request.preview')}
      </Typography>
      {error !== undefined && <ErrorState error={error} onRetry={onRetry} />}
      {!preview && error === undefined && <Shape heights={[24, 80, 60]} />}
      {preview && (
        <div className={fresh ? undefined : classes.updating}>
          <PreviewBody preview={preview} emergency={emergency} />
        </div>
      )}
    </section>
  );
};

function PreviewBody(props: { preview: LeasePreview; emergency: boolean }) {
  const { preview, emergency } = props;
  const t = useText();
  const refusals = [
    ...(preview.eligible.allowed ? [] : preview.eligible.reasons),
    ...otherProblems(preview.problems),
  ];
  // Where profile or account do not resolve there is neither policy nor plan, which must not read as "none needed".
  const resolved = preview.policy.size > 0;
  return (
    <>
      {refusals.map(({ code, message }) => (
        <Box key={code} mb={1}>
          <Alert severity="error">{message}</Alert>
        </Box>
      ))}
      <Typography variant="body2">
        {t(emergency ? 'request.previewEndsNow' : 'request.previewEnds', {
          duration: durationWords(preview.durationMinutes, t),
        })}{' '}
        <Instant at={preview.endsAt} withClock />
      </Typography>
      {!emergency && (
        <Typography variant="body2">
          {t('request.previewLapses')}{' '}
          <Instant at={preview.lapsesAt} withClock />
        </Typography>
      )}
      {!resolved && (
        <Box mt={2}>
          <Typography variant="body2">
            {t('request.previewUnresolved')}
          </Typography>
        </Box>
      )}
      {resolved && (
        <>
          <Part title={t('request.previewSteps')}>
            {emergency ? (
              <Typography variant="body2">
                {t('request.previewEmergency')}
              </Typography>
            ) : (
              <StepsList steps={preview.steps} order={preview.order} />
            )}
          </Part>
          <Part title={t('request.previewPolicy')}>
            <PolicyInWords {...preview.policy} />
          </Part>
        </>
      )}
      {preview.warnings.length > 0 && (
        <Part title={t('request.previewWarnings')}>
          {preview.warnings.map(warning => (
            <Box key={warning.code} mb={1}>
              <Alert severity="warning">{warning.message}</Alert>
            </Box>
          ))}
        </Part>
      )}
    </>
  );
}

function Part(props: { title: string; children: ReactNode }) {
  return (
    <Box mt={2}>
      <Typography variant="subtitle2" component="h4" gutterBottom>
        <strong>{props.title}</strong>
      </Typography>
      {props.children}
    </Box>
  );
}
