import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { usePagedQuery } from '../../hooks/usePagedQuery';
import { useText } from '../../translation';
import { Choice, ListState, Nothing, Rows } from '../shared';
import { PanicRow } from './PanicRow';
import { RaiseDialog } from './RaiseDialog';

const STATES = ['open', 'all'] as const;

/** What is stopped, and the button that stops. */
export const PanicPage = () => {
  const t = useText();
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const [raising, setRaising] = useState(false);
  const { data: me } = useBreakGlassQuery('me', {});
  const list = usePagedQuery('listPanics', { query: { state } });
  return (
    <>
      <Box
        display="flex"
        flexWrap="wrap"
        justifyContent="space-between"
        alignItems="flex-start"
        gridGap={16}
        mb={2}
      >
        <Box flex="1 1 280px" maxWidth={720}>
          <Typography variant="h6" component="h2">
            {t('panic.title')}
          </Typography>
          <Typography variant="body2">{t('panic.about')}</Typography>
        </Box>
        {me?.responder && (
          <Button
            variant="contained"
            color="secondary"
            onClick={() => setRaising(true)}
          >
            {t('panic.raise')}
          </Button>
        )}
      </Box>
      <Box mb={2}>
        <Choice
          label={t('panic.which')}
          options={STATES.map(value => ({
            value,
            label: t(`panic.view.${value}`),
          }))}
          value={state}
          onChange={setState}
        />
      </Box>
      <ListState
        list={list}
        empty={
          <Nothing
            title={t(`panic.empty.${state}`)}
            hint={t('panic.emptyHint')}
          />
        }
      >
        {items => (
          <Rows label={t('panic.title')}>
            {items.map(panic => (
              <PanicRow
                key={panic.id}
                panic={panic}
                responder={me?.responder ?? false}
                onChanged={list.refetch}
              />
            ))}
          </Rows>
        )}
      </ListState>
      {raising && (
        <RaiseDialog
          onClose={() => setRaising(false)}
          onChanged={list.refetch}
        />
      )}
    </>
  );
};
