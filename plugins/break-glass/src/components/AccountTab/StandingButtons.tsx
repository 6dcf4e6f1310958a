import { parseEntityRef } from '@backstage/catalog-model';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import {
  AccountDetail,
  AccountRole,
} from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useText } from '../../translation';
import { ConsoleButton } from '../Console';
import { CredentialsDialog } from '../CredentialsDialog';

/** Console and credentials of a standing role. */
export const StandingButtons = (props: {
  account: AccountDetail;
  role: AccountRole;
}) => {
  const { account, role } = props;
  const t = useText();
  const [showing, setShowing] = useState(false);
  const console = useBreakGlassAction('createStandingSession');
  const credentials = useBreakGlassAction('createStandingSession');
  const params = parseEntityRef(account.ref);
  return (
    <Box display="flex" flexWrap="wrap" gridGap={8}>
      <ConsoleButton
        variant="contained"
        color="primary"
        label={t('role.console')}
        aria-label={`${t('role.console')}: ${role.title}`}
        disabled={console.busy}
        error={console.error}
        onDismissError={console.reset}
        issue={() =>
          console.run({ params, body: { type: 'console', roleId: role.id } })
        }
      />
      <Button
        variant="outlined"
        color="primary"
        aria-label={`${t('role.credentials')}: ${role.title}`}
        onClick={() => setShowing(true)}
      >
        {t('role.credentials')}
      </Button>
      {showing && (
        <CredentialsDialog
          account={account}
          busy={credentials.busy}
          error={credentials.error}
          issue={() =>
            credentials.run({
              params,
              body: { type: 'credentials', roleId: role.id },
            })
          }
          onClose={() => {
            setShowing(false);
            credentials.reset();
          }}
        />
      )}
    </Box>
  );
};
