import { useTheme } from '@material-ui/core/styles';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartBar } from './chartBars';

const COLUMNS_HEIGHT = 240;
const ROW_HEIGHT = 32;
const AXIS_HEIGHT = 40;
const LABEL_WIDTH = 110;
const MAX_LABEL = 14;

/** Bars beside their names, or columns along a time line. The table under it says the same in words. */
export const InsightsChart = (props: {
  label: string;
  bars: ChartBar[];
  unit: string;
  /** Columns along time instead of rows by name. */
  overTime: boolean;
}) => {
  const { label, bars, unit, overTime } = props;
  const { palette } = useTheme();
  const axis = {
    stroke: palette.text.secondary,
    tick: { fill: palette.text.primary, fontSize: 12 },
  };
  const names = {
    ...axis,
    dataKey: 'label',
    type: 'category' as const,
    tickFormatter: cut,
  };
  const values = { ...axis, type: 'number' as const, allowDecimals: false };
  return (
    <figure style={{ margin: 0 }} role="img" aria-label={label}>
      <ResponsiveContainer
        width="100%"
        height={
          overTime ? COLUMNS_HEIGHT : bars.length * ROW_HEIGHT + AXIS_HEIGHT
        }
      >
        <BarChart
          data={bars}
          layout={overTime ? 'horizontal' : 'vertical'}
          accessibilityLayer={false}
          margin={{ top: 4, right: 16, bottom: 0, left: 0 }}
        >
          <CartesianGrid
            stroke={palette.divider}
            horizontal={overTime}
            vertical={!overTime}
          />
          {overTime ? (
            <XAxis {...names} minTickGap={16} />
          ) : (
            <XAxis {...values} />
          )}
          {overTime ? (
            <YAxis {...values} width={36} />
          ) : (
            <YAxis {...names} width={LABEL_WIDTH} interval={0} />
          )}
          <Tooltip
            cursor={{ fill: palette.action.hover }}
            contentStyle={{
              backgroundColor: palette.background.paper,
              color: palette.text.primary,
              borderColor: palette.divider,
            }}
            itemStyle={{ color: palette.text.primary }}
          />
          <Bar
            dataKey="value"
            name={unit}
            fill={palette.primary.main}
            maxBarSize={22}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </figure>
  );
};

function cut(name: string): string {
  return name.length > MAX_LABEL ? `${name.slice(0, MAX_LABEL - 1)}…` : name;
}
