import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { UnbrokeredState } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { usePagedQuery } from '../../hooks/usePagedQuery';
import { useText } from '../../translation';
import { Choice, ListState, Nothing, Rows, SelectField } from '../shared';
import { UnbrokeredRow } from './UnbrokeredRow';

const VIEWS = ['mine', 'all'] as const;
const STATES = ['open', 'justified', 'accepted', 'flagged'] as const;

/** Uses of roles and emergency users that no lease explains, newest first. */
export const UnbrokeredList = () => {
  const t = useText();
  const [view, setView] = useState<(typeof VIEWS)[number]>('all');
  const [state, setState] = useState<UnbrokeredState>();
  const list = usePagedQuery('listUnbrokered', { query: { view, state } });
  return (
    <>
      <Typography variant="h6" component="h2" gutterBottom>
        {t('unbrokered.title')}
      </Typography>
      <Typography variant="body2" gutterBottom>
        {t('unbrokered.about')}
      </Typography>
      <Box
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        gridGap={24}
        my={2}
      >
        <Choice
          label={t('unbrokered.whose')}
          options={VIEWS.map(value => ({
            value,
            label: t(`unbrokered.view.${value}`),
          }))}
          value={view}
          onChange={setView}
        />
        <SelectField
          label={t('unbrokered.stateFilter')}
          any={t('unbrokered.anyState')}
          options={STATES.map(value => ({
            value,
            label: t(`unbrokered.state.${value}`),
          }))}
          value={state}
          onChange={value => setState(value as UnbrokeredState | undefined)}
        />
      </Box>
      <ListState
        list={list}
        empty={
          view === 'mine' ? (
            <Nothing
              title={t('unbrokered.emptyMine')}
              hint={t('unbrokered.emptyMineHint')}
            />
          ) : (
            <Nothing
              title={t('unbrokered.empty')}
              hint={t('unbrokered.emptyHint')}
            />
          )
        }
      >
        {items => (
          <Rows label={t('unbrokered.title')}>
            {items.map(use => (
              <UnbrokeredRow key={use.id} use={use} />
            ))}
          </Rows>
        )}
      </ListState>
    </>
  );
};
