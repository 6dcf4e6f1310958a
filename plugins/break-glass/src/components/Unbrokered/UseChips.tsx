import { UnbrokeredUse } from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { ToneChip } from '../shared';

const TONES = {
  open: 'bad',
  justified: 'waiting',
  accepted: 'good',
  flagged: 'bad',
} as const;

/** The state of an unbrokered use, whether it is overdue, and whether the logs confirm it. */
export const UseChips = (props: {
  use: Pick<UnbrokeredUse, 'state' | 'overdue' | 'seenInLogs'>;
}) => {
  const { state, overdue, seenInLogs } = props.use;
  const t = useText();
  return (
    <>
      <ToneChip tone={TONES[state]} label={t(`unbrokered.state.${state}`)} />{' '}
      {overdue && (
        <>
          <ToneChip tone="bad" label={t('unbrokered.overdue')} />{' '}
        </>
      )}
      <ToneChip
        tone={seenInLogs ? 'quiet' : 'waiting'}
        label={seenInLogs ? t('unbrokered.seen') : t('unbrokered.notSeen')}
      />
    </>
  );
};
