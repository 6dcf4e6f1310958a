import { useTheme } from '@material-ui/core/styles';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { ActivityEvent } from 'backstage-plugin-break-glass-common';
import { useMemo } from 'react';
import {
  Bar,
  BarChart,
  Brush,
  Legend,
  ResponsiveContainer,
  Tooltip,
  XAxis,
} from 'recharts';
import { useText } from '../../translation';
import { exactWords } from '../shared';
import { activityBuckets, ActivityBucket } from './activityBuckets';
import { TimeWindow } from './timelineRows';

const SLICES = 48;
const HEIGHT = 180;
const LEGEND_HEIGHT = 28;
const SHORT_MS = 15 * 60_000;
const BRUSH_HEIGHT = 22;

/** Activity over time; its brush zooms the timeline below it. */
export const ActivityChart = (props: {
  events: ActivityEvent[];
  window?: TimeWindow;
  onWindow: (window: TimeWindow | undefined) => void;
}) => {
  const { events, window, onWindow } = props;
  const { palette } = useTheme();
  const t = useText();
  const buckets = useMemo(() => activityBuckets(events, SLICES), [events]);
  const names = {
    reads: t('timeline.chartReads'),
    writes: t('timeline.chartWrites'),
    refused: t('timeline.chartRefused'),
  };
  if (buckets.length === 0) {
    return null;
  }
  return (
    <figure style={{ margin: 0 }} aria-label={chartWords(buckets, t)}>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart data={buckets} barCategoryGap={1} accessibilityLayer={false}>
          <XAxis
            dataKey="from"
            stroke={palette.text.secondary}
            tick={{ fill: palette.text.primary, fontSize: 12 }}
            tickFormatter={from =>
              isoOf(Number(from)).slice(11, isShort(buckets) ? 19 : 16)
            }
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
            labelFormatter={from => exactWords(isoOf(Number(from)))}
            contentStyle={{
              backgroundColor: palette.background.paper,
              color: palette.text.primary,
              borderColor: palette.divider,
            }}
            itemStyle={{ color: palette.text.primary }}
          />
          <Bar
            dataKey="reads"
            name={names.reads}
            stackId="events"
            fill={palette.info.main}
            isAnimationActive={false}
          />
          <Bar
            dataKey="writes"
            name={names.writes}
            stackId="events"
            fill={palette.warning.main}
            isAnimationActive={false}
          />
          <Bar
            dataKey="refused"
            name={names.refused}
            stackId="events"
            fill={palette.error.main}
            isAnimationActive={false}
          />
          <Brush
            dataKey="from"
            height={BRUSH_HEIGHT}
            travellerWidth={10}
            stroke={palette.text.secondary}
            fill={palette.background.default}
            tickFormatter={() => ''}
            ariaLabel={t('timeline.brush')}
            onChange={({ startIndex, endIndex }) =>
              onWindow(windowOf(buckets, startIndex, endIndex))
            }
          />
        </BarChart>
      </ResponsiveContainer>
      {window && (
        <Typography variant="caption">
          {t('timeline.zoom', {
            from: exactWords(isoOf(window.from)),
            to: exactWords(isoOf(window.to)),
          })}{' '}
          <Button size="small" onClick={() => onWindow(undefined)}>
            {t('timeline.zoomClear')}
          </Button>
        </Typography>
      )}
    </figure>
  );
};

/** The span that a brush selects; `undefined` where it selects everything. */
export function windowOf(
  buckets: ActivityBucket[],
  start = 0,
  end = buckets.length - 1,
): TimeWindow | undefined {
  return start === 0 && end === buckets.length - 1
    ? undefined
    : { from: buckets[start].from, to: buckets[end].to };
}

function chartWords(
  buckets: ActivityBucket[],
  t: ReturnType<typeof useText>,
): string {
  const sum = (of: (bucket: ActivityBucket) => number) =>
    buckets.reduce((total, bucket) => total + of(bucket), 0);
  return t('timeline.chart', {
    total: String(sum(b => b.reads + b.writes + b.refused)),
    writes: String(sum(b => b.writes)),
    refused: String(sum(b => b.refused)),
    from: exactWords(isoOf(buckets[0].from)),
    to: exactWords(isoOf(buckets[buckets.length - 1].to)),
  });
}

/** In a span this short, minutes alone would repeat. */
function isShort(buckets: ActivityBucket[]): boolean {
  return buckets[buckets.length - 1].to - buckets[0].from < SHORT_MS;
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
