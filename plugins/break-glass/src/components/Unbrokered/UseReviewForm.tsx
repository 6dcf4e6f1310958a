import { UnbrokeredDetail } from 'backstage-plugin-break-glass-common';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { Text, useText } from '../../translation';
import {
  ChecklistFields,
  FollowUpFields,
  submitWords,
  VerdictChoice,
} from '../ReviewForm';
import { ErrorState, ExplainedButton, LongTextField } from '../shared';
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
    <>
      <VerdictChoice
        verdict={draft.verdict}
        accept={t('unbrokered.accept')}
        onChange={verdict => change({ verdict })}
      />
      <LongTextField
        label={t('review.comment')}
        helperText={t('review.commentHelp')}
        required
        value={draft.comment}
        onChange={comment => change({ comment })}
      />
      <ChecklistFields
        items={ITEMS.map(item => ({ item, label: t(`unbrokered.${item}`) }))}
        checklist={draft.checklist}
        onChange={checklist => change({ checklist })}
      />
      <FollowUpFields
        followUps={draft.followUps}
        onChange={followUps => change({ followUps })}
      />
      {action.error !== undefined && <ErrorState error={action.error} />}
      <ExplainedButton
        variant="contained"
        color="primary"
        disabled={action.busy}
        reason={gap && gapWords(gap, t)}
        onClick={async () => {
          await action.run({
            params: { id: use.id },
            body: unbrokeredVerdictBody(draft, use),
          });
          onChanged();
        }}
      >
        {submitWords(draft.verdict, action.busy, t)}
      </ExplainedButton>
    </>
  );
};

function gapWords(gap: UnbrokeredVerdictGap, t: Text): string {
  switch (gap) {
    case 'checklist':
      return t('unbrokered.needChecklist');
    case 'comment':
      return t('review.needComment');
    default:
      return t('review.needFollowUpTitle');
  }
}
