import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { LeaseSummary } from 'backstage-plugin-break-glass-common';
import { ReactNode } from 'react';
import { useText } from '../../translation';
import { durationWords } from './durationWords';
import { PeopleText } from './PeopleText';
import { ApprovalKindChip } from './StateChip';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(2),
      marginBottom: theme.spacing(1.5),
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      alignItems: 'flex-start',
    },
    body: { flex: '1 1 280px', minWidth: 0, overflowWrap: 'anywhere' },
    side: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'flex-end',
      gap: theme.spacing(1),
      [theme.breakpoints.down('xs')]: { alignItems: 'flex-start' },
    },
  }),
  { name: 'BreakGlassLeaseRow' },
);

/** One lease in a list: account, role, profile, people, reason; its state and what to do beside it. */
export const LeaseRow = (props: {
  lease: LeaseSummary;
  /** Left out in lists of the person's own leases. */
  showRequester?: boolean;
  state: ReactNode;
  side?: ReactNode;
}) => {
  const { lease, showRequester, state, side } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <Paper className={classes.root} component="li">
      <div className={classes.body}>
        <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={8}>
          {showRequester && (
            <Typography variant="subtitle1" component="h3">
              {lease.requester.displayName}
            </Typography>
          )}
          <Typography
            variant="subtitle1"
            component={showRequester ? 'span' : 'h3'}
          >
            <EntityRefLink entityRef={lease.account.ref}>
              {lease.account.title}
            </EntityRefLink>
          </Typography>
          {state}
          <ApprovalKindChip kind={lease.approvalKind} />
        </Box>
        <Typography variant="body2">
          {lease.role.title} · {lease.profile.title} ·{' '}
          {durationWords(lease.term.durationMinutes, t)}
          {lease.beneficiary &&
            ` · ${t('approvals.forPerson', {
              person: lease.beneficiary.displayName,
            })}`}
          {lease.ticket && ` · ${lease.ticket}`}
        </Typography>
        <PeopleText text={lease.reason} short />
      </div>
      {side && <div className={classes.side}>{side}</div>}
    </Paper>
  );
};

/** A list of {@link LeaseRow}s. */
export const LeaseRows = (props: { label: string; children: ReactNode }) => (
  <ul
    aria-label={props.label}
    style={{ listStyle: 'none', margin: 0, padding: 0 }}
  >
    {props.children}
  </ul>
);
