import { useMemo } from 'react';
import { usePagedQuery } from '../../hooks/usePagedQuery';
import { useText } from '../../translation';
import { ErrorState, Nothing, Panel, Shape } from '../shared';
import { EventRow, LoadedRows, VirtualRows } from '../Timeline';

const PAGE_SIZE = 100;

/** What was done in an unbrokered use, oldest first. */
export const UseActivity = (props: { id: string }) => {
  const t = useText();
  const list = usePagedQuery('listUnbrokeredActivity', {
    params: { id: props.id },
    query: { limit: PAGE_SIZE },
  });
  const { items, first, error } = list;
  const rows = useMemo(
    () => (items ?? []).map(event => ({ key: event.id, event })),
    [items],
  );
  return (
    <Panel title={t('unbrokered.done')}>
      {error !== undefined && (
        <ErrorState error={error} onRetry={list.refetch} />
      )}
      {!items && error === undefined && <Shape heights={[40, 40, 40]} />}
      {items?.length === 0 && (
        <Nothing
          title={t('unbrokered.nothingDone')}
          hint={t('unbrokered.nothingDoneHint')}
        />
      )}
      <VirtualRows
        rows={rows}
        show={(row, open, onToggle) => (
          <EventRow
            event={row.event}
            rowKey={row.key}
            open={open}
            onToggle={onToggle}
          />
        )}
        onEnd={list.loadMore}
      />
      <LoadedRows loaded={rows.length} total={first?.total} list={list} />
    </Panel>
  );
};
