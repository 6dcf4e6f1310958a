import { useTheme } from '@material-ui/core/styles';
import { ActivityHistogram } from 'backstage-plugin-break-glass-common';
import { memo, useState } from 'react';
import {
  Bar,
  ComposedChart,
  Legend,
  Line,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
} from 'recharts';
import { useText } from '../../translation';
import { exactWords } from '../shared';

const HEIGHT = 170;
const LEGEND_HEIGHT = 28;
const SHORT_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Indices of the first and the last of some bars. */
export type BarRange = [number, number];

/** Events over time; bars can be chosen by dragging over them. */
export const ActivityChart = memo(
  (props: {
    histogram: ActivityHistogram;
    chosen: BarRange;
    onDrag: (range: BarRange) => void;
  }) => {
    const { histogram, chosen, onDrag } = props;
    const { palette } = useTheme();
    const t = useText();
    const { drag, handlers } = useBarDrag(onDrag);
    const { bars } = histogram;
    const all = chosen[0] === 0 && chosen[1] === bars.length - 1;
    const marked = drag ?? (all ? undefined : chosen);
    const series = [
      ['reads', t('timeline.chartReads'), palette.info.main],
      ['writes', t('timeline.chartWrites'), palette.warning.main],
      ['refused', t('timeline.chartRefused'), palette.error.main],
    ];
    return (
      // A drag up or down still scrolls the page on a touch screen.
      <div style={{ touchAction: 'pan-y', cursor: 'crosshair' }}>
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <ComposedChart
            data={bars}
            barCategoryGap={1}
            accessibilityLayer={false}
            {...handlers}
          >
            <XAxis
              dataKey="at"
              stroke={palette.text.secondary}
              tick={{ fill: palette.text.primary, fontSize: 12 }}
              tickFormatter={at => tickWords(at, histogram)}
              minTickGap={48}
            />
            <Legend
              verticalAlign="top"
              height={LEGEND_HEIGHT}
              iconSize={10}
              // The series' own colour is too pale for words.
              formatter={name => (
                <span style={{ color: palette.text.primary }}>{name}</span>
              )}
            />
            <Tooltip
              labelFormatter={at => exactWords(String(at))}
              contentStyle={{
                backgroundColor: palette.background.paper,
                color: palette.text.primary,
                borderColor: palette.divider,
              }}
              itemStyle={{ color: palette.text.primary }}
            />
            {series.map(([key, name, color]) => (
              <Bar
                key={key}
                dataKey={key}
                name={name}
                stackId="events"
                fill={color}
                isAnimationActive={false}
              />
            ))}
            <Line
              dataKey={bar => bar.sensitive || null}
              name={t('timeline.sensitive')}
              stroke={palette.text.primary}
              strokeWidth={0}
              legendType="diamond"
              dot={{ r: 3, fill: palette.text.primary }}
              isAnimationActive={false}
            />
            {marked && (
              <ReferenceArea
                x1={bars[Math.min(...marked)]?.at}
                x2={bars[Math.max(...marked)]?.at}
                fill={palette.primary.main}
                fillOpacity={0.2}
              />
            )}
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    );
  },
);

interface ChartState {
  activeTooltipIndex?: number;
}

/** Follows the pointer from the bar where it went down to the one where it goes up. */
function useBarDrag(onDrag: (range: BarRange) => void) {
  const [drag, setDrag] = useState<BarRange>();
  const at = (state: ChartState | null) => state?.activeTooltipIndex;
  const handlers = {
    onMouseDown: (state: ChartState | null) => {
      const index = at(state);
      setDrag(index === undefined ? undefined : [index, index]);
    },
    onMouseMove: (state: ChartState | null) => {
      const index = at(state);
      if (drag && index !== undefined && index !== drag[1]) {
        setDrag([drag[0], index]);
      }
    },
    onMouseUp: () => {
      // A click alone asks for the numbers of a bar, not for a zoom.
      if (drag && drag[0] !== drag[1]) {
        onDrag(drag);
      }
      setDrag(undefined);
    },
    onMouseLeave: () => setDrag(undefined),
  };
  return { drag, handlers };
}

/** Time of a bar: with seconds in a short span, where minutes would repeat, and with the day in a long one. */
function tickWords(at: string, histogram: ActivityHistogram): string {
  const span = histogram.bars.length * histogram.barSeconds * 1_000;
  if (span > DAY_MS) {
    return `${at.slice(5, 10)} ${at.slice(11, 16)}`;
  }
  return at.slice(11, span < SHORT_MS ? 19 : 16);
}
