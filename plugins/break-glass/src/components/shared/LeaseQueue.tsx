import Typography from '@material-ui/core/Typography';
import { LeaseSummary, LeaseView } from 'backstage-plugin-break-glass-common';
import { ReactNode } from 'react';
import { PagedQuery } from '../../hooks/usePagedQuery';
import { useLeaseList } from '../../hooks/useLeaseList';
import { ListState } from './ListState';
import { Nothing } from './Nothing';
import { Rows } from './RowBox';

/** Leases that wait for the caller, in the order that the queue gives them. */
export const LeaseQueue = (props: {
  view: LeaseView;
  title: string;
  emptyTitle: string;
  emptyHint: string;
  order?: (leases: LeaseSummary[]) => LeaseSummary[];
  row: (lease: LeaseSummary) => ReactNode;
  /** Stands above the rows, where there are any. */
  above?: (leases: LeaseSummary[], list: PagedQuery<LeaseSummary>) => ReactNode;
}) => {
  const { view, title, emptyTitle, emptyHint, order, row, above } = props;
  const list = useLeaseList({ view });
  return (
    <ListState
      list={list}
      empty={<Nothing title={emptyTitle} hint={emptyHint} />}
    >
      {items => (
        <>
          <Typography variant="h6" component="h2" gutterBottom>
            {title}
          </Typography>
          {above?.(items, list)}
          <Rows label={title}>{(order?.(items) ?? items).map(row)}</Rows>
        </>
      )}
    </ListState>
  );
};
