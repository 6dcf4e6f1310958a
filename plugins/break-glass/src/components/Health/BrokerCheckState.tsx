import Box from '@material-ui/core/Box';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { BrokerCheck } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { Instant, PersonName } from '../shared';
import { ToneChip } from '../shared/StateChip';

/** How far a check is, who started it, and in how many accounts it found something. */
export const BrokerCheckState = (props: { check: BrokerCheck }) => {
  const { check } = props;
  const t = useText();
  const { state, done, total, problems, startedBy } = check;
  const running = state === 'running';
  return (
    <Box>
      <ToneChip tone={toneOf(check)} label={t(`brokerCheck.state.${state}`)} />
      <Box mt={1} role="status">
        <Typography variant="body2">
          {running ? progressWords(check, t) : countWords(check, t)}{' '}
          {problems > 0
            ? t('brokerCheck.problems', { count: problems })
            : nothingWords(check, t)}
        </Typography>
        {check.words && <Typography variant="body2">{check.words}</Typography>}
      </Box>
      {running && (
        <Box my={1}>
          <LinearProgress
            variant={total === undefined ? 'indeterminate' : 'determinate'}
            value={total ? Math.min(100, (100 * done) / total) : undefined}
            aria-label={t('brokerCheck.progress')}
          />
        </Box>
      )}
      <Typography variant="caption" component="p">
        {t('brokerCheck.startedBy')}{' '}
        <PersonName by={startedBy.ref} displayName={startedBy.displayName} />{' '}
        <Instant at={check.startedAt} withClock />
        {check.finishedAt && (
          <>
            {' · '}
            {t('brokerCheck.finished')} <Instant at={check.finishedAt} />
          </>
        )}
      </Typography>
    </Box>
  );
};

type Text = ReturnType<typeof useText>;

function toneOf({ state, problems }: BrokerCheck) {
  if (state === 'running') {
    return 'waiting';
  }
  return state === 'finished' && problems === 0 ? 'good' : 'bad';
}

function progressWords({ done, total }: BrokerCheck, t: Text): string {
  return total === undefined
    ? t('brokerCheck.counting')
    : t('brokerCheck.doneOf', { done: String(done), total: String(total) });
}

function countWords({ done }: BrokerCheck, t: Text): string {
  return t('brokerCheck.doneAll', { count: done });
}

function nothingWords({ state, done }: BrokerCheck, t: Text): string {
  if (state === 'finished') {
    return t('brokerCheck.noProblems');
  }
  return done > 0 ? t('brokerCheck.noProblemsYet') : '';
}
