import { InfoCard } from '@backstage/core-components';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  AccountDetail,
  AccountRole,
} from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useText } from '../../translation';
import { RequestDialog } from '../RequestDialog';
import { ApprovalWords } from './ApprovalWords';
import { NotEligible } from './NotEligible';
import { OpenLeaseState } from './OpenLeaseState';
import { PolicyWarnings } from './PolicyWarnings';
import { StandingButtons } from './StandingButtons';

interface RoleCardProps {
  account: AccountDetail;
  role: AccountRole;
  /** Nothing can be asked for or issued in this account. */
  blocked?: boolean;
  onChanged: () => void;
}

/** One role of the account: the caller's state in a line, and one main button. */
export const RoleCard = (props: RoleCardProps) => {
  const { role } = props;
  const t = useText();
  return (
    <InfoCard
      title={role.title}
      subheader={
        role.access === 'standing' ? t('role.standing') : t('role.lease')
      }
    >
      <Typography variant="body2" paragraph>
        {role.description}
      </Typography>
      {role.access === 'standing' ? (
        <StandingState {...props} />
      ) : (
        <LeaseState {...props} />
      )}
    </InfoCard>
  );
};

function StandingState({ account, role, blocked }: RoleCardProps) {
  const t = useText();
  if (blocked) {
    return null;
  }
  if (!role.eligible.allowed) {
    return <NotEligible role={role} supportUrl={account.supportUrl} />;
  }
  return (
    <>
      <Typography variant="body2" gutterBottom>
        {t('role.standingReady')}
      </Typography>
      <StandingButtons account={account} role={role} />
    </>
  );
}

function LeaseState({ account, role, blocked, onChanged }: RoleCardProps) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const none = role.openLeases.length === 0;
  return (
    <>
      {role.openLeases.map(open => (
        <Box key={open.id} mb={2}>
          <OpenLeaseState
            open={open}
            account={account}
            blocked={blocked}
            onChanged={onChanged}
          />
        </Box>
      ))}
      {!blocked && !role.eligible.allowed && (
        <NotEligible role={role} supportUrl={account.supportUrl} />
      )}
      {!blocked && role.eligible.allowed && (
        <>
          {role.frozen && (
            <Box mb={2}>
              <Alert severity="info">
                {role.frozen} {t('role.frozenHint')}
              </Alert>
            </Box>
          )}
          <PolicyWarnings role={role} />
          {none && (
            <Typography variant="body2" gutterBottom>
              {t('role.noLease')}
            </Typography>
          )}
          <Button
            variant={none ? 'contained' : 'text'}
            color="primary"
            size={none ? 'medium' : 'small'}
            onClick={() => setAsking(true)}
          >
            {none ? t('role.request') : t('role.requestAnother')}
          </Button>
        </>
      )}
      <ApprovalWords role={role} />
      {role.kill === 'none' && (
        <Box mt={1}>
          <Typography variant="caption">{t('role.killNone')}</Typography>
        </Box>
      )}
      {asking && (
        <RequestDialog
          account={account}
          role={role}
          onClose={() => setAsking(false)}
          onRequested={() => {
            setAsking(false);
            onChanged();
          }}
        />
      )}
    </>
  );
}
