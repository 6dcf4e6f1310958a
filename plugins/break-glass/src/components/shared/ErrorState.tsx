import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { useText } from '../../translation';
import { describeError } from './describeError';

/** What went wrong in the server's words, what to do next, and a way to try again. */
export const ErrorState = (props: { error: unknown; onRetry?: () => void }) => {
  const t = useText();
  const { message, hint } = describeError(props.error, t);
  return (
    <Alert
      severity="error"
      role="alert"
      action={
        props.onRetry && (
          <Button color="inherit" size="small" onClick={props.onRetry}>
            {t('common.retry')}
          </Button>
        )
      }
    >
      <AlertTitle>{t('errors.title')}</AlertTitle>
      <Typography variant="body2">{message}</Typography>
      {hint && <Typography variant="body2">{hint}</Typography>}
    </Alert>
  );
};
