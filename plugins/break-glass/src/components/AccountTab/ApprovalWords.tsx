import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { AccountRole } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';

/** Who approves on this account; where it depends on the profile, for which. */
export const ApprovalWords = ({ role }: { role: AccountRole }) => {
  const t = useText();
  const { approvalPolicies } = role;
  const titleOf = (id: string) =>
    role.profiles.find(profile => profile.id === id)?.title ?? id;
  return approvalPolicies.length === 0 ? null : (
    <Box mt={2}>
      {approvalPolicies.map(({ id, words, profileIds }) => (
        <Typography key={id} variant="body2" color="textSecondary">
          {approvalPolicies.length === 1
            ? t('role.approval', { words })
            : t('role.approvalFor', {
                profiles: profileIds.map(titleOf).join(', '),
                words,
              })}
        </Typography>
      ))}
    </Box>
  );
};
