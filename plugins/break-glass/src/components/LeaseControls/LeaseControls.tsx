import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { LeaseStatus } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import { ConsoleButton } from '../Console';
import { CredentialsDialog } from '../CredentialsDialog';
import { CloseLeaseDialog } from './CloseLeaseDialog';

/** What the requester can do with a lease of their own: use it, end it, take it back. */
export const LeaseControls = (props: {
  lease: {
    id: string;
    status: LeaseStatus;
    account: { ref: string; title: string };
  };
  /** False where nothing can be issued; ending still works (I4). */
  canIssue: boolean;
  onChanged: () => void;
}) => {
  const { lease, canIssue, onChanged } = props;
  const t = useText();
  const [asking, setAsking] = useState(false);
  if (lease.status === 'pending' || lease.status === 'scheduled') {
    return (
      <>
        <Button size="small" variant="outlined" onClick={() => setAsking(true)}>
          {t('role.cancelRequest')}
        </Button>
        {asking && (
          <CloseLeaseDialog
            how="cancelLease"
            leaseId={lease.id}
            title={t('role.cancelTitle')}
            text={t('role.cancelText')}
            confirm={t('role.cancelConfirm')}
            onClose={() => setAsking(false)}
            onChanged={onChanged}
          />
        )}
      </>
    );
  }
  if (lease.status !== 'active') {
    return null;
  }
  return (
    <Box display="flex" flexWrap="wrap" gridGap={8}>
      {canIssue && <IssueButtons lease={lease} onChanged={onChanged} />}
      <Button size="small" variant="outlined" onClick={() => setAsking(true)}>
        {t('role.done')}
      </Button>
      {asking && (
        <CloseLeaseDialog
          how="endLease"
          leaseId={lease.id}
          title={t('role.endTitle')}
          text={t('role.endText')}
          confirm={t('role.endConfirm')}
          onClose={() => setAsking(false)}
          onChanged={onChanged}
        />
      )}
    </Box>
  );
};

function IssueButtons(props: {
  lease: { id: string; account: { ref: string; title: string } };
  onChanged: () => void;
}) {
  const { lease, onChanged } = props;
  const t = useText();
  const [showing, setShowing] = useState(false);
  const console = useBreakGlassAction('createSession');
  const credentials = useBreakGlassAction('createSession');
  const params = { id: lease.id };
  return (
    <>
      <ConsoleButton
        size="small"
        variant="contained"
        color="primary"
        label={t('role.openConsole')}
        disabled={console.busy}
        error={console.error}
        onDismissError={console.reset}
        issue={async () => {
          const issued = await console.run({
            params,
            body: { type: 'console' },
          });
          onChanged();
          return issued;
        }}
      />
      <Button
        size="small"
        variant="outlined"
        color="primary"
        onClick={() => setShowing(true)}
      >
        {t('role.getCredentials')}
      </Button>
      {showing && (
        <CredentialsDialog
          account={lease.account}
          busy={credentials.busy}
          error={credentials.error}
          issue={() =>
            credentials.run({ params, body: { type: 'credentials' } })
          }
          onClose={() => {
            setShowing(false);
            credentials.reset();
            onChanged();
          }}
        />
      )}
    </>
  );
}
