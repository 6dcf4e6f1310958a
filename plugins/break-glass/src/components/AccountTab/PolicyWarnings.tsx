import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import { AccountRole } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';

/** What the viewer should know before they ask: that nobody can approve it, or that nothing is approved at all. */
export const PolicyWarnings = ({ role }: { role: AccountRole }) => {
  const t = useText();
  const { approvalPolicies } = role;
  const titleOf = (id: string) =>
    role.profiles.find(profile => profile.id === id)?.title ?? id;
  return (
    <>
      {approvalPolicies.map(({ id, profileIds, warning }) =>
        warning ? (
          <Box key={id} mb={2}>
            <Alert
              severity={warning.code === 'policy-unsafe' ? 'error' : 'warning'}
            >
              {approvalPolicies.length === 1
                ? warning.message
                : t('role.warningFor', {
                    profiles: profileIds.map(titleOf).join(', '),
                    words: warning.message,
                  })}
            </Alert>
          </Box>
        ) : null,
      )}
    </>
  );
};
