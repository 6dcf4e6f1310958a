import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { useEffect, useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { usePagedQuery } from '../../hooks/usePagedQuery';
import { useText } from '../../translation';
import {
  Choice,
  ErrorState,
  ExplainedButton,
  ListState,
  Nothing,
  Panel,
  Rows,
} from '../shared';
import { BrokerCheckAccount } from './BrokerCheckAccount';
import { BrokerCheckState } from './BrokerCheckState';

const VIEWS = ['problems', 'all'] as const;
/** How often a running check is asked for, in milliseconds: signals can be lost. */
const WHILE_RUNNING_MS = 2_000;

/** Runs the check, shows how far it is, and what it found in which account. */
export const BrokerCheckPanel = () => {
  const t = useText();
  const [view, setView] = useState<(typeof VIEWS)[number]>('problems');
  const start = useBreakGlassAction('startBrokerCheck');
  const list = usePagedQuery(
    'getBrokerCheck',
    { query: view === 'problems' ? { problems: 'true' } : {} },
    { keepPrevious: true },
  );
  const { refetch } = list;
  const check = list.first?.check;
  const running = check?.state === 'running';
  useEffect(() => {
    if (!running) {
      return undefined;
    }
    const timer = setInterval(refetch, WHILE_RUNNING_MS);
    return () => clearInterval(timer);
  }, [running, refetch]);

  const run = async () => {
    await start.run({});
    refetch();
  };
  return (
    <Panel
      title={t('brokerCheck.title')}
      action={
        <ExplainedButton
          variant="contained"
          color="primary"
          disabled={start.busy || running}
          onClick={run}
        >
          {running ? t('brokerCheck.running') : t('brokerCheck.run')}
        </ExplainedButton>
      }
    >
      <Box mb={2} maxWidth={720}>
        <Typography variant="body2">{t('brokerCheck.about')}</Typography>
      </Box>
      {start.error !== undefined && (
        <Box mb={2}>
          <ErrorState error={start.error} onRetry={run} />
        </Box>
      )}
      {list.first && !check && (
        <Nothing
          title={t('brokerCheck.none')}
          hint={t('brokerCheck.noneHint')}
        />
      )}
      {check && <BrokerCheckState check={check} />}
      {check && (
        <Box my={2}>
          <Choice
            label={t('brokerCheck.which')}
            options={VIEWS.map(value => ({
              value,
              label: t(`brokerCheck.view.${value}`),
            }))}
            value={view}
            onChange={setView}
          />
        </Box>
      )}
      {(check || !list.first) && (
        <ListState
          list={list}
          empty={
            <Nothing
              title={
                running && view === 'problems'
                  ? t('brokerCheck.noProblemsYet')
                  : t(`brokerCheck.empty.${view}`)
              }
              hint={
                running && view === 'problems'
                  ? undefined
                  : t(`brokerCheck.emptyHint.${view}`)
              }
            />
          }
        >
          {items => (
            <Rows label={t('brokerCheck.results')}>
              {items.map(account => (
                <BrokerCheckAccount key={account.ref} account={account} />
              ))}
            </Rows>
          )}
        </ListState>
      )}
    </Panel>
  );
};
