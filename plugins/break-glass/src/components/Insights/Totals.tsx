import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Insights } from 'backstage-plugin-break-glass-common';
import { Text, useText } from '../../translation';
import { durationWords } from '../shared';

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(130px, 1fr))',
      gap: theme.spacing(2),
    },
    figure: {
      display: 'flex',
      flexDirection: 'column-reverse',
      justifyContent: 'flex-end',
    },
    value: {
      margin: 0,
      fontVariantNumeric: 'tabular-nums',
      fontWeight: theme.typography.fontWeightBold as number,
    },
  }),
  { name: 'BreakGlassInsightsTotals' },
);

/** The totals of a period as plain figures. */
export const Totals = (props: { insights: Insights }) => {
  const { totals, minutesToApprove } = props.insights;
  const classes = useStyles();
  const t = useText();
  const figures = [
    [t('insights.requested'), String(totals.requested)],
    [t('insights.activated'), String(totals.activated)],
    [t('insights.rejected'), String(totals.rejected)],
    [t('insights.lapsed'), String(totals.lapsed)],
    [t('insights.median'), minutesInWords(minutesToApprove.median, t)],
    [t('insights.p90'), minutesInWords(minutesToApprove.p90, t)],
    [t('insights.access'), durationWords(Math.round(totals.accessMinutes), t)],
    [t('insights.sessions'), String(totals.sessions)],
    [t('insights.refused'), String(totals.refusedAttempts)],
    [t('insights.openReviews'), String(totals.openReviews)],
    [t('insights.overdueReviews'), String(totals.overdueReviews)],
  ];
  return (
    <dl className={classes.list}>
      {figures.map(([name, value]) => (
        <div key={name} className={classes.figure}>
          <Typography variant="body2" component="dt">
            {name}
          </Typography>
          <Typography variant="h5" component="dd" className={classes.value}>
            {value}
          </Typography>
        </div>
      ))}
    </dl>
  );
};

/** Minutes, perhaps parts of one, in words; a dash where nothing was measured. */
export function minutesInWords(minutes: number | undefined, t: Text): string {
  if (minutes === undefined) {
    return t('common.noneYet');
  }
  return minutes < 1
    ? t('insights.underOne')
    : durationWords(Math.round(minutes), t);
}
