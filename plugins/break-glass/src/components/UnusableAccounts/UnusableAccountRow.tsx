import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { AccountSummary } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { RowBox } from '../shared';

/** One account that cannot be used: which, whose, and each reason with what to do. */
export const UnusableAccountRow = (props: { account: AccountSummary }) => {
  const { ref, title, accountId, owner, problems } = props.account;
  const t = useText();
  return (
    <RowBox>
      <Typography variant="subtitle1" component="h3">
        <EntityRefLink entityRef={ref}>{title}</EntityRefLink>
      </Typography>
      <Typography variant="caption" component="p">
        {t('account.accountId')}{' '}
        {accountId ? <code>{accountId}</code> : t('common.noneYet')}
        {' · '}
        {t('account.owner')}{' '}
        {owner ? (
          <EntityRefLink entityRef={owner} defaultKind="group" />
        ) : (
          t('account.ownerUnknown')
        )}
      </Typography>
      {problems.map(({ code, message, fix }) => (
        <Box key={`${code} ${message}`} mt={1}>
          <Typography variant="body2">{message}</Typography>
          <Typography variant="body2">{t('account.fix', { fix })}</Typography>
        </Box>
      ))}
    </RowBox>
  );
};
