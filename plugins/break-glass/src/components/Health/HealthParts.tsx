import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Health } from 'backstage-plugin-break-glass-common';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { useText } from '../../translation';
import { ErrorState, Panel, Shape } from '../shared';
import { ToneChip } from '../shared/StateChip';

const HEIGHT = 300;

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    part: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      alignItems: 'flex-start',
      padding: theme.spacing(1, 0),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    name: { flex: '0 0 220px', minWidth: 0 },
    words: { flex: '1 1 280px', minWidth: 0, overflowWrap: 'anywhere' },
    state: { flex: '0 0 150px' },
  }),
  { name: 'BreakGlassHealthParts' },
);

/** Each part with its state in words: those that need attention first. */
export const HealthParts = () => {
  const t = useText();
  const classes = useStyles();
  const { data, error, refetch } = useBreakGlassQuery('health', {});
  if (!data) {
    return error === undefined ? (
      <Shape heights={[HEIGHT]} />
    ) : (
      <ErrorState error={error} onRetry={refetch} />
    );
  }
  const unwell = data.parts.filter(({ ok }) => !ok);
  const well = data.parts.filter(({ ok }) => ok);
  return (
    <Panel title={t('health.parts')}>
      {error !== undefined && <ErrorState error={error} onRetry={refetch} />}
      <Typography variant="body2" role="status" gutterBottom>
        {unwell.length === 0
          ? t('health.allWell')
          : t('health.attention', { count: unwell.length })}
      </Typography>
      <ul className={classes.list} aria-label={t('health.parts')}>
        {[...unwell, ...well].map(part => (
          <Part key={part.name} part={part} />
        ))}
      </ul>
    </Panel>
  );
};

function Part({ part }: { part: Health['parts'][number] }) {
  const t = useText();
  const classes = useStyles();
  return (
    <li className={classes.part}>
      <Typography className={classes.name} variant="subtitle2" component="h3">
        <strong>{t(`health.part.${part.name}`)}</strong>
      </Typography>
      <div className={classes.state}>
        <ToneChip
          tone={part.ok ? 'good' : 'bad'}
          label={part.ok ? t('health.ok') : t('health.notOk')}
        />
      </div>
      <Typography className={classes.words} variant="body2">
        {part.words}
      </Typography>
    </li>
  );
}
