import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Slider from '@material-ui/core/Slider';
import Typography from '@material-ui/core/Typography';
import { ActivityHistogram } from 'backstage-plugin-break-glass-common';
import { useCallback, useState } from 'react';
import { TimelineFilter } from '../../hooks/useTimeline';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { Text, useText } from '../../translation';
import { ErrorState, exactWords, Shape } from '../shared';
import { ActivityChart, BarRange } from './ActivityChart';
import { TimeWindow, zoomTo } from './zoom';

const SHAPE_HEIGHT = 200;

/** Activity over time as the backend counts it; dragging over bars, or the slider below them, zooms the timeline. */
export const ActivityZoom = (props: {
  leaseId: string;
  filter: TimelineFilter;
  onWindow: (window: TimeWindow) => void;
}) => {
  const { leaseId, filter, onWindow } = props;
  const { data, error, refetch } = useBreakGlassQuery(
    'getHistogram',
    { params: { id: leaseId }, query: filter },
    { keepPrevious: true },
  );
  if (!data) {
    return error === undefined ? (
      <Shape heights={[SHAPE_HEIGHT]} />
    ) : (
      <ErrorState error={error} onRetry={refetch} />
    );
  }
  return (
    <>
      {data.bars.length > 1 && (
        <Zoomable
          // Other bars, another choice among them.
          key={JSON.stringify([data.from, data.to, data.bars.length])}
          histogram={data}
          before={filter}
          onWindow={onWindow}
        />
      )}
      <Shown window={filter} onClear={() => onWindow({})} />
    </>
  );
};

function Zoomable(props: {
  histogram: ActivityHistogram;
  before: TimeWindow;
  onWindow: (window: TimeWindow) => void;
}) {
  const { histogram, before, onWindow } = props;
  const t = useText();
  const last = histogram.bars.length - 1;
  const [chosen, setChosen] = useState<BarRange>([0, last]);
  const { from, to } = before;
  const zoom = useCallback(
    ([start, end]: BarRange) =>
      onWindow(zoomTo(histogram, start, end, { from, to })),
    [histogram, from, to, onWindow],
  );
  const all = chosen[0] === 0 && chosen[1] === last;
  return (
    <figure style={{ margin: 0 }} aria-label={chartWords(histogram, t)}>
      <ActivityChart histogram={histogram} chosen={chosen} onDrag={zoom} />
      <Box display="flex" alignItems="center" gridGap={16} px={1}>
        <Slider
          min={0}
          max={last}
          value={chosen}
          onChange={(_, value) => setChosen(value as BarRange)}
          getAriaLabel={index =>
            index === 0 ? t('timeline.zoomFrom') : t('timeline.zoomTo')
          }
          getAriaValueText={index => exactWords(histogram.bars[index].at)}
        />
        <Button
          size="small"
          variant="outlined"
          disabled={all}
          onClick={() => zoom(chosen)}
          style={{ flexShrink: 0 }}
        >
          {t('timeline.zoomIn')}
        </Button>
      </Box>
    </figure>
  );
}

function Shown(props: { window: TimeWindow; onClear: () => void }) {
  const { from, to } = props.window;
  const t = useText();
  return from || to ? (
    <Typography variant="body2" component="div">
      {t('timeline.zoom', {
        from: from ? exactWords(from) : t('timeline.zoomStart'),
        to: to ? exactWords(to) : t('timeline.zoomEnd'),
      })}{' '}
      <Button size="small" variant="outlined" onClick={props.onClear}>
        {t('timeline.zoomClear')}
      </Button>
    </Typography>
  ) : null;
}

function chartWords({ bars }: ActivityHistogram, t: Text): string {
  const sum = (of: (bar: (typeof bars)[number]) => number) =>
    String(bars.reduce((total, bar) => total + of(bar), 0));
  return t('timeline.chart', {
    total: sum(bar => bar.reads + bar.writes + bar.refused),
    writes: sum(bar => bar.writes),
    refused: sum(bar => bar.refused),
    from: exactWords(bars[0].at),
    to: exactWords(bars[bars.length - 1].at),
  });
}
