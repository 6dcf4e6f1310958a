import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { AccountDetail } from 'backstage-plugin-break-glass-common';
import { ReactNode } from 'react';
import { useText } from '../../translation';
import { CopyButton } from '../shared';
import { ToneChip } from '../shared/StateChip';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2) },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-end',
      gap: theme.spacing(1, 4),
      margin: theme.spacing(1, 0, 0),
    },
    fact: { minWidth: 0, overflowWrap: 'anywhere' },
    value: { margin: 0, minHeight: 30, display: 'flex', alignItems: 'center' },
  }),
  { name: 'BreakGlassAccountHeader' },
);

/** Which account this is: name, id to copy, partition and region, owner. */
export const AccountHeader = (props: { account: AccountDetail }) => {
  const { account } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <Paper className={classes.root}>
      <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={12}>
        <Typography variant="h6" component="h2">
          {account.title}
        </Typography>
        {account.controlPlane && (
          <ToneChip tone="bad" label={t('account.controlPlane')} />
        )}
      </Box>
      {account.controlPlane && (
        <Typography variant="body2">{t('account.controlPlaneHint')}</Typography>
      )}
      <dl className={classes.facts}>
        <Fact name={t('account.accountId')}>
          <code>{account.accountId}</code>
          <CopyButton text={account.accountId} label={t('account.copyId')} />
        </Fact>
        <Fact name={t('account.partition')}>
          {account.partition ?? t('common.noneYet')}
        </Fact>
        <Fact name={t('account.region')}>
          {account.region ?? t('common.noneYet')}
        </Fact>
        <Fact name={t('account.owner')}>
          {account.owner ? (
            <EntityRefLink entityRef={account.owner} defaultKind="group" />
          ) : (
            t('account.ownerUnknown')
          )}
        </Fact>
      </dl>
    </Paper>
  );
};

function Fact(props: { name: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <div className={classes.fact}>
      <Typography variant="caption" component="dt" color="textSecondary">
        {props.name}
      </Typography>
      <Typography variant="body2" component="dd" className={classes.value}>
        {props.children}
      </Typography>
    </div>
  );
}
