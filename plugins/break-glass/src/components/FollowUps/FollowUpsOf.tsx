import { useText } from '../../translation';
import { usePagedQuery } from '../../hooks/usePagedQuery';
import { ListState, Nothing, Panel, Rows } from '../shared';
import { FollowUpRow } from './FollowUpRow';

/** What remains to be done after the review of one lease, or of one unbrokered use. */
export const FollowUpsOf = (props: {
  leaseId?: string;
  unbrokeredId?: string;
}) => {
  const { leaseId, unbrokeredId } = props;
  const t = useText();
  const list = usePagedQuery('listFollowUps', {
    query: { view: 'all', leaseId, unbrokeredId },
  });
  return (
    <Panel title={t('review.followUps')}>
      <ListState
        list={list}
        empty={
          <Nothing
            title={t('followUps.noneHere')}
            hint={t('followUps.noneHereHint')}
          />
        }
      >
        {items => (
          <Rows label={t('review.followUps')}>
            {items.map(followUp => (
              <FollowUpRow
                key={followUp.id}
                followUp={followUp}
                onChanged={list.refetch}
              />
            ))}
          </Rows>
        )}
      </ListState>
    </Panel>
  );
};
