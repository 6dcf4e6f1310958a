import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { useRef, useState } from 'react';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';
import { ErrorState, exactWords, Panel, Shape } from '../shared';
import { GroupBy } from './chartBars';
import { Groups } from './Groups';
import { defaultChoice, Period, PeriodChoice, periodOf } from './period';
import { PeriodFields } from './PeriodFields';
import { Totals } from './Totals';

/** What is asked for; it stays while the person is still typing days. */
interface Asked {
  period: Period;
  groupBy: GroupBy;
}

/** How often, by whom, where and for how long the glass was broken. */
export const Insights = () => {
  const t = useText();
  const [choice, setChoice] = useState(() => defaultChoice(Date.now()));
  const [wrong, setWrong] = useState(false);
  const [asked, setAsked] = useState<Asked>(() => ({
    period: periodOf(choice, Date.now())!,
    groupBy: 'person',
  }));
  const { data, error, loading, refetch } = useBreakGlassQuery(
    'insights',
    { query: { ...asked.period, groupBy: asked.groupBy } },
    { keepPrevious: true },
  );
  // While the next grouping is on its way, the figures on the page are those of the last one.
  const shown = useRef(asked.groupBy);
  if (!loading) {
    shown.current = asked.groupBy;
  }

  const choose = (next: PeriodChoice) => {
    const period = periodOf(next, Date.now());
    setChoice(next);
    setWrong(!period);
    if (period) {
      setAsked({ ...asked, period });
    }
  };
  return (
    <>
      <Box mb={2}>
        <Typography
          variant="h6"
          component="h2"
          color="textPrimary"
          gutterBottom
        >
          {t('insights.title')}
        </Typography>
        <PeriodFields choice={choice} wrong={wrong} onChange={choose} />
      </Box>
      {error !== undefined && (
        <Box mb={2}>
          <ErrorState error={error} onRetry={refetch} />
        </Box>
      )}
      {loading && !data && <Shape heights={[180, 320]} />}
      {data && (
        <div aria-busy={loading} style={{ opacity: loading ? 0.6 : 1 }}>
          <Panel title={t('insights.totals')}>
            <Totals insights={data} />
            <Box mt={2}>
              <Typography variant="caption">
                {t('insights.range', {
                  from: exactWords(data.from),
                  to: exactWords(data.to),
                })}
              </Typography>
            </Box>
          </Panel>
          <Groups
            insights={data}
            groupBy={asked.groupBy}
            shownBy={shown.current}
            onGroupBy={groupBy => setAsked({ ...asked, groupBy })}
          />
        </div>
      )}
    </>
  );
};
