import { UnbrokeredDetail } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { Text, useText } from '../../translation';
import { followUpGapWords, VerdictFields } from '../ReviewForm';
import {
  EMPTY_UNBROKERED_VERDICT,
  unbrokeredGap,
  UnbrokeredVerdictDraft,
  UnbrokeredVerdictGap,
  unbrokeredVerdictBody,
} from './unbrokeredVerdict';

const ITEMS = [
  'credentialsRotated',
  'accessRevoked',
  'lessonsLearned',
] as const;

/** Accept or flag an unbrokered use. */
export const UseReviewForm = (props: {
  use: UnbrokeredDetail;
  onChanged: () => void;
}) => {
  const { use, onChanged } = props;
  const t = useText();
  const [draft, setDraft] = useState<UnbrokeredVerdictDraft>(
    EMPTY_UNBROKERED_VERDICT,
  );
  const change = (part: Partial<UnbrokeredVerdictDraft>) =>
    setDraft(old => ({ ...old, ...part }));
  const action = useBreakGlassAction('reviewUnbrokered');
  const gap = unbrokeredGap(draft);
  return (
    <VerdictFields
      draft={draft}
      onChange={change}
      items={ITEMS.map(item => ({ item, label: t(`unbrokered.${item}`) }))}
      accept={t('unbrokered.accept')}
      busy={action.busy}
      error={action.error}
      reason={gap && gapWords(gap, t)}
      onSubmit={async () => {
        await action.run({
          params: { id: use.id },
          body: unbrokeredVerdictBody(draft, use),
        });
        onChanged();
      }}
    />
  );
};

function gapWords(gap: UnbrokeredVerdictGap, t: Text): string {
  switch (gap) {
    case 'checklist':
      return t('unbrokered.needChecklist');
    case 'comment':
      return t('review.needComment');
    default:
      return followUpGapWords(gap, t);
  }
}
