import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Grid from '@material-ui/core/Grid';
import { useTheme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import {
  AccountDetail,
  AccountRole,
  LeaseDetail,
  LeasePreview,
} from 'backstage-plugin-break-glass-common';
import { useId } from 'react';
import { Text, useText } from '../../translation';
import { ErrorState, ExplainedButton } from '../shared';
import { Draft, missingFields } from './draft';
import { RequestForm } from './RequestForm';
import { RequestPreview } from './RequestPreview';
import { useDraft, usePreview, useSubmit } from './useRequest';

/** The request form, with the server's dry run of it beside it. */
export const RequestDialog = (props: {
  account: AccountDetail;
  role: AccountRole;
  onClose: () => void;
  onRequested: (lease: LeaseDetail) => void;
}) => {
  const { account, role, onClose, onRequested } = props;
  const t = useText();
  const id = useId();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const { draft, change, forget } = useDraft(account, role);
  const { preview, fresh, error, refetch } = usePreview(draft, account, role);
  const sending = useSubmit(draft, account, role);
  const missing = missingFields(draft, account, role);

  const submit = async () => {
    const lease = await sending.submit();
    if (lease) {
      forget();
      onRequested(lease);
    }
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth="lg"
      fullScreen={narrow}
      onClose={sending.busy ? undefined : onClose}
      aria-labelledby={`${id}-title`}
    >
      <DialogTitle id={`${id}-title`}>
        {t('request.title', { account: account.title })}
      </DialogTitle>
      <DialogContent dividers>
        <Typography variant="body2" gutterBottom>
          {t('request.role', { role: role.title })}. {t('request.draftKept')}
        </Typography>
        <Grid container spacing={3}>
          <Grid item xs={12} md={7}>
            <RequestForm
              id={id}
              account={account}
              role={role}
              draft={draft}
              problems={preview?.problems ?? []}
              onChange={change}
            />
          </Grid>
          <Grid item xs={12} md={5}>
            <RequestPreview
              preview={preview}
              emergency={draft.emergency}
              fresh={fresh}
              error={error}
              onRetry={refetch}
            />
          </Grid>
        </Grid>
        {sending.error !== undefined && <ErrorState error={sending.error} />}
      </DialogContent>
      <DialogActions style={{ alignItems: 'flex-start' }}>
        <Button onClick={onClose} disabled={sending.busy}>
          {t('common.close')}
        </Button>
        <ExplainedButton
          color="primary"
          variant="contained"
          disabled={sending.busy}
          reason={whyNot(missing, preview, fresh, t)}
          onClick={submit}
        >
          {sending.busy ? t('request.submitting') : submitWords(draft, t)}
        </ExplainedButton>
      </DialogActions>
    </Dialog>
  );
};

function submitWords(draft: Draft, t: Text): string {
  return draft.emergency ? t('request.submitEmergency') : t('request.submit');
}

/** Why the request cannot be sent yet, if so: the first thing to do. */
function whyNot(
  missing: string[],
  preview: LeasePreview | undefined,
  fresh: boolean,
  t: Text,
): string | undefined {
  if (missing.length > 0) {
    return t('request.missing', {
      fields: missing.map(field => fieldName(field, t)).join(', '),
    });
  }
  if (!preview || !fresh) {
    return t('request.waitPreview');
  }
  if (!preview.eligible.allowed) {
    return t('request.notEligible');
  }
  return preview.problems.length > 0 ? t('request.solveProblems') : undefined;
}

function fieldName(field: string, t: Text): string {
  switch (field) {
    case 'reason':
      return t('request.reason');
    case 'ticket':
      return t('request.ticket');
    case 'profile':
      return t('request.profile');
    case 'minutes':
      return t('request.duration');
    case 'startAt':
      return t('request.start');
    case 'confirmation':
      return t('request.confirmation');
    default:
      return field.replace(/^parameter:/, '');
  }
}
