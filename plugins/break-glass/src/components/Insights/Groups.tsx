import Box from '@material-ui/core/Box';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { Insights } from 'backstage-plugin-break-glass-common';
import { useId, useState } from 'react';
import { useText } from '../../translation';
import { Nothing, Panel } from '../shared';
import { chartBars, GroupBy, MAX_BARS, Measure } from './chartBars';
import { GroupsTable } from './GroupsTable';
import { InsightsChart } from './InsightsChart';

const GROUPINGS: GroupBy[] = ['person', 'account', 'profile', 'role', 'day'];
const MEASURES: Measure[] = ['leases', 'hours'];

/** Leases by person, account, profile, role or day: a chart, and the table behind it. */
export const Groups = (props: {
  insights: Insights;
  /** What was chosen. */
  groupBy: GroupBy;
  /** What `insights` are grouped by; behind what was chosen while that loads. */
  shownBy: GroupBy;
  onGroupBy: (groupBy: GroupBy) => void;
}) => {
  const { insights, groupBy, shownBy, onGroupBy } = props;
  const { groups, totals } = insights;
  const t = useText();
  const [measure, setMeasure] = useState<Measure>('leases');
  const measures = {
    leases: t('insights.leases'),
    hours: t('insights.accessHours'),
  };
  const bars = chartBars(groups, shownBy, measure);
  return (
    <Panel
      title={t(`insights.grouped.${shownBy}`)}
      action={
        <Box display="flex" flexWrap="wrap" gridGap={8}>
          <Choice
            label={t('insights.groupBy')}
            value={groupBy}
            options={GROUPINGS.map(key => [key, t(`insights.by.${key}`)])}
            onChange={onGroupBy}
          />
          <Choice
            label={t('insights.measure')}
            value={measure}
            options={MEASURES.map(key => [key, measures[key]])}
            onChange={setMeasure}
          />
        </Box>
      }
    >
      {groups.length === 0 ? (
        <Nothing title={t('insights.empty')} hint={t('insights.emptyHint')} />
      ) : (
        <>
          <InsightsChart
            label={t('insights.chart', {
              measure: measures[measure],
              group: t(`insights.by.${shownBy}`),
            })}
            bars={bars}
            unit={measures[measure]}
            overTime={shownBy === 'day'}
          />
          <Typography variant="caption" component="p" gutterBottom>
            {shownBy === 'day' && t('insights.utc')}
            {shownBy !== 'day' &&
              groups.length > bars.length &&
              t('insights.chartTop', { bars: String(MAX_BARS) })}
          </Typography>
          <GroupsTable
            groups={groups}
            groupBy={shownBy}
            total={totals.requested}
          />
        </>
      )}
    </Panel>
  );
};

function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: [T, string][];
  onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <TextField
      select
      size="small"
      variant="outlined"
      id={id}
      SelectProps={{ id, labelId: `${id}-label` }}
      InputLabelProps={{ id: `${id}-label` }}
      label={props.label}
      value={props.value}
      onChange={event => props.onChange(event.target.value as T)}
      style={{ minWidth: 130 }}
    >
      {props.options.map(([value, text]) => (
        <MenuItem key={value} value={value}>
          {text}
        </MenuItem>
      ))}
    </TextField>
  );
}
