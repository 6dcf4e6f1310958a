import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { usePagedQuery } from '../../hooks/usePagedQuery';
import { useText } from '../../translation';
import { Choice, ListState, Nothing, Rows } from '../shared';
import { FollowUpRow } from './FollowUpRow';

const STATES = ['open', 'overdue', 'done'] as const;
const VIEWS = ['mine', 'all'] as const;

/** What remains to be done after reviews: one's own, or all that one may read. */
export const FollowUps = () => {
  const t = useText();
  const [view, setView] = useState<(typeof VIEWS)[number]>('mine');
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const list = usePagedQuery('listFollowUps', { query: { view, state } });
  return (
    <>
      <Typography variant="h6" component="h2" gutterBottom>
        {t('followUps.title')}
      </Typography>
      <Box display="flex" flexWrap="wrap" gridGap={24} mb={2}>
        <Choice
          label={t('followUps.whose')}
          options={VIEWS.map(value => ({
            value,
            label: t(`followUps.view.${value}`),
          }))}
          value={view}
          onChange={setView}
        />
        <Choice
          label={t('followUps.which')}
          options={STATES.map(value => ({
            value,
            label: t(`followUps.state.${value}`),
          }))}
          value={state}
          onChange={setState}
        />
      </Box>
      <ListState
        list={list}
        empty={
          <Nothing
            title={t(`followUps.empty.${state}`)}
            hint={t(`followUps.emptyHint.${view}`)}
          />
        }
      >
        {items => (
          <Rows label={t('followUps.title')}>
            {items.map(followUp => (
              <FollowUpRow
                key={followUp.id}
                followUp={followUp}
                withOrigin
                onChanged={list.refetch}
              />
            ))}
          </Rows>
        )}
      </ListState>
    </>
  );
};
