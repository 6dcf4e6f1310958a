import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useText } from '../../translation';
import { CloseLeaseDialog, LeaseControls } from '../LeaseControls';
import { Panel } from '../shared/Panel';
import { ExtendDialog } from './ExtendDialog';

/** What the viewer can do with the lease itself: use it, end it, take it back, or take it away. */
export const ControlsPanel = (props: {
  lease: LeaseDetail;
  onChanged: () => void;
}) => {
  const { lease, onChanged } = props;
  const { cancel, end, extend, issue, revoke } = lease.actions;
  const t = useText();
  const own = cancel.allowed || end.allowed || issue.allowed;
  if (!own && !revoke.allowed) {
    return null;
  }
  let title: string = t('lease.takeAway');
  if (own) {
    title = lease.status === 'active' ? t('lease.use') : t('lease.change');
  }
  return (
    <Panel title={title}>
      <Box display="flex" flexWrap="wrap" gridGap={8}>
        {own && (
          <LeaseControls
            lease={{
              id: lease.id,
              status: lease.status,
              account: lease.account,
            }}
            canIssue={issue.allowed}
            onChanged={onChanged}
          />
        )}
        {extend.allowed && <Extend lease={lease} onChanged={onChanged} />}
        {revoke.allowed && <Revoke lease={lease} onChanged={onChanged} />}
      </Box>
      {own && lease.status === 'active' && !issue.allowed && (
        <Box mt={1}>
          <Typography variant="body2">{t('lease.cannotIssue')}</Typography>
          {issue.reasons.map(reason => (
            <Typography key={reason.code} variant="body2">
              {reason.message}
            </Typography>
          ))}
        </Box>
      )}
    </Panel>
  );
};

function Extend(props: { lease: LeaseDetail; onChanged: () => void }) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" variant="outlined" onClick={() => setAsking(true)}>
        {t('lease.extend')}
      </Button>
      {asking && <ExtendDialog {...props} onClose={() => setAsking(false)} />}
    </>
  );
}

function Revoke(props: { lease: LeaseDetail; onChanged: () => void }) {
  const { lease, onChanged } = props;
  const t = useText();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" variant="outlined" onClick={() => setAsking(true)}>
        {t('lease.revoke')}
      </Button>
      {asking && (
        <CloseLeaseDialog
          how="revokeLease"
          leaseId={lease.id}
          title={t('role.revokeTitle')}
          text={t('role.revokeText', { person: lease.requester.displayName })}
          confirm={t('role.revokeConfirm')}
          onClose={() => setAsking(false)}
          onChanged={onChanged}
        />
      )}
    </>
  );
}
