import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { IssuedSession } from 'backstage-plugin-break-glass-common';
import { useCallback, useId, useState } from 'react';
import { useText } from '../../translation';
import { ErrorState } from '../shared';
import { CommandSetup } from './CommandSetup';
import { IssuedCredentials, IssuedCredentialsView } from './IssuedCredentials';

/**
 * Gets credentials and shows them once. They live in this component's memory
 * only: never in browser storage, and gone when the dialog closes or they expire.
 */
export const CredentialsDialog = (props: {
  account: { ref: string; title: string };
  issue: () => Promise<IssuedSession | undefined>;
  busy: boolean;
  error?: unknown;
  onClose: () => void;
}) => {
  const t = useText();
  const id = useId();
  const [issued, setIssued] = useState<IssuedCredentials>();
  const [expired, setExpired] = useState(false);

  const get = async () => {
    setIssued(undefined);
    setExpired(false);
    const answer = await props.issue();
    if (answer?.type === 'credentials') {
      setIssued(answer);
    }
  };
  const drop = useCallback(() => {
    setIssued(undefined);
    setExpired(true);
  }, []);
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      onClose={props.onClose}
      aria-labelledby={id}
    >
      <DialogTitle id={id}>
        {t('credentials.title', { account: props.account.title })}
      </DialogTitle>
      <DialogContent>
        <Typography variant="body2" paragraph>
          {t('credentials.intro')}
        </Typography>
        {props.error !== undefined && <ErrorState error={props.error} />}
        {expired && <Alert severity="info">{t('credentials.expired')}</Alert>}
        {issued ? (
          <IssuedCredentialsView
            accountRef={props.account.ref}
            issued={issued}
            onExpired={drop}
          />
        ) : (
          <>
            <Box my={2}>
              <Button
                variant="contained"
                color="primary"
                onClick={get}
                disabled={props.busy}
              >
                {props.busy ? t('credentials.getting') : t('credentials.get')}
              </Button>
            </Box>
            <Typography variant="subtitle2" component="h3">
              {t('credentials.commandTitle')}
            </Typography>
            <CommandSetup accountRef={props.account.ref} />
          </>
        )}
      </DialogContent>
      <DialogActions>
        {issued && (
          <Button onClick={get} disabled={props.busy}>
            {t('credentials.getNew')}
          </Button>
        )}
        <Button onClick={props.onClose}>{t('common.close')}</Button>
      </DialogActions>
    </Dialog>
  );
};
