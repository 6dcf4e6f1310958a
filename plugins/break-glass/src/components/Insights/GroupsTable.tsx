import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useText } from '../../translation';
import { durationWords, PersonName, ScrollRegion } from '../shared';
import { Group, GroupBy } from './chartBars';

const useStyles = makeStyles(
  theme => ({
    table: {
      minWidth: 380,
      // Theirs is to break anywhere, which in a narrow column means after each letter.
      '& th, & td': { padding: theme.spacing(0.75, 1), wordBreak: 'normal' },
    },
  }),
  { name: 'BreakGlassGroupsTable' },
);

/** Every group with its figures: what the chart shows, and more. */
export const GroupsTable = (props: {
  groups: Group[];
  groupBy: GroupBy;
  /** Leases in the period, for shares. */
  total: number;
}) => {
  const { groups, groupBy, total } = props;
  const classes = useStyles();
  const t = useText();
  const title = t(`insights.by.${groupBy}`);
  return (
    <ScrollRegion label={t('insights.table')}>
      <Table size="small" className={classes.table}>
        <TableHead>
          <TableRow>
            <TableCell>{title}</TableCell>
            <TableCell align="right">{t('insights.leases')}</TableCell>
            <TableCell align="right">{t('insights.share')}</TableCell>
            <TableCell align="right">{t('insights.access')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {groups.map(group => (
            <TableRow key={group.key}>
              <TableCell>
                <GroupName name={group.key} groupBy={groupBy} />
              </TableCell>
              <TableCell align="right">{group.leases}</TableCell>
              <TableCell align="right">
                {percent(group.leases, total)}
              </TableCell>
              <TableCell align="right">
                {durationWords(Math.round(group.accessMinutes), t)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
};

function GroupName(props: { name: string; groupBy: GroupBy }) {
  const { name, groupBy } = props;
  if (groupBy === 'person') {
    return <PersonName by={name} />;
  }
  return groupBy === 'account' ? (
    <EntityRefLink entityRef={name} />
  ) : (
    <>{name}</>
  );
}

function percent(part: number, total: number): string {
  return total === 0 ? '0 %' : `${Math.round((100 * part) / total)} %`;
}
