import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { LeaseSummary } from 'backstage-plugin-break-glass-common';
import { useLeaseList } from '../../hooks/useLeaseList';
import { leaseRouteRef } from '../../routes';
import { useText } from '../../translation';
import {
  ApprovalKindChip,
  durationWords,
  ErrorState,
  Instant,
  LeaseStateChip,
  Nothing,
  PeopleText,
  ReviewStateChip,
  ScrollRegion,
  Shape,
} from '../shared';
import { LoadMore } from '../shared/LoadMore';

const useStyles = makeStyles(
  theme => ({
    table: {
      minWidth: 760,
      '& th, & td': { padding: theme.spacing(0.75, 1) },
    },
    // Theirs is to break anywhere, which in a narrow column means after each letter.
    whole: { whiteSpace: 'nowrap', wordBreak: 'normal' },
    reason: { minWidth: 180, maxWidth: 360, wordBreak: 'normal' },
  }),
  { name: 'BreakGlassAccountHistory' },
);

/** All leases on an account that the caller may read, newest first. */
export const AccountHistory = (props: { accountRef: string }) => {
  const classes = useStyles();
  const t = useText();
  const list = useLeaseList({ accountRef: props.accountRef });
  if (!list.items) {
    return list.error === undefined ? (
      <Shape heights={[32, 32, 32]} />
    ) : (
      <ErrorState error={list.error} onRetry={list.refetch} />
    );
  }
  if (list.items.length === 0) {
    return (
      <Nothing
        title={t('account.historyEmpty')}
        hint={t('account.historyEmptyHint')}
      />
    );
  }
  return (
    <>
      <ScrollRegion label={t('account.history')}>
        <Table size="small" className={classes.table}>
          <TableHead>
            <TableRow>
              <TableCell className={classes.whole}>
                {t('account.col.state')}
              </TableCell>
              <TableCell className={classes.whole}>
                {t('account.col.person')}
              </TableCell>
              <TableCell className={classes.whole}>
                {t('account.col.role')}
              </TableCell>
              <TableCell className={classes.whole}>
                {t('account.col.reason')}
              </TableCell>
              <TableCell className={classes.whole}>
                {t('account.col.duration')}
              </TableCell>
              <TableCell className={classes.whole}>
                {t('account.col.asked')}
              </TableCell>
              <TableCell className={classes.whole}>
                {t('account.col.review')}
              </TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {list.items.map(lease => (
              <HistoryRow key={lease.id} lease={lease} />
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
      <LoadMore list={list} />
    </>
  );
};

function HistoryRow(props: { lease: LeaseSummary }) {
  const { lease } = props;
  const classes = useStyles();
  const t = useText();
  const leaseRoute = useRouteRef(leaseRouteRef);
  return (
    <TableRow>
      <TableCell className={classes.whole}>
        <LeaseStateChip status={lease.status} />{' '}
        <ApprovalKindChip kind={lease.approvalKind} />
      </TableCell>
      <TableCell className={classes.whole}>
        <Link
          to={leaseRoute({ id: lease.id })}
          aria-label={t('account.openLease', {
            person: lease.requester.displayName,
          })}
        >
          {lease.requester.displayName}
        </Link>
      </TableCell>
      <TableCell className={classes.whole}>
        <Typography variant="body2">{lease.role.title}</Typography>
        <Typography variant="caption">{lease.profile.title}</Typography>
      </TableCell>
      <TableCell className={classes.reason}>
        <PeopleText text={lease.reason} short />
      </TableCell>
      <TableCell className={classes.whole}>
        {durationWords(lease.term.durationMinutes, t)}
      </TableCell>
      <TableCell className={classes.whole}>
        <Instant at={lease.requestedAt} />
      </TableCell>
      <TableCell className={classes.whole}>
        {lease.review.state === 'none' ? (
          t('common.noneYet')
        ) : (
          <ReviewStateChip state={lease.review.state} />
        )}
      </TableCell>
    </TableRow>
  );
}
