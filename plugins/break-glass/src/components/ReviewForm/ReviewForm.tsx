import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { Text, useText } from '../../translation';
import { ErrorState, ExplainedButton, LongTextField } from '../shared';
import { ChecklistFields } from './ChecklistFields';
import { FollowUpFields } from './FollowUpFields';
import {
  EMPTY_VERDICT,
  needsOverride,
  ShownEvidence,
  VerdictDraft,
  verdictBody,
  VerdictGap,
  verdictGap,
} from './verdict';
import { submitWords, VerdictChoice } from './VerdictChoice';

const ITEMS = ['ended', 'matchesReason', 'rotated', 'lessons'] as const;

/** Accept or flag the evidence on the page. */
export const ReviewForm = (props: {
  leaseId: string;
  evidence: ShownEvidence;
  onChanged: () => void;
}) => {
  const { leaseId, evidence, onChanged } = props;
  const t = useText();
  const [draft, setDraft] = useState<VerdictDraft>(EMPTY_VERDICT);
  const change = (part: Partial<VerdictDraft>) =>
    setDraft(old => ({ ...old, ...part }));
  const action = useBreakGlassAction('reviewLease');
  const gap = verdictGap(draft, evidence);
  const submit = async () => {
    await action.run({
      params: { id: leaseId },
      body: verdictBody(draft, evidence),
    });
    onChanged();
  };
  return (
    <>
      <VerdictChoice
        verdict={draft.verdict}
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
        items={ITEMS.map(item => ({ item, label: t(`review.${item}`) }))}
        checklist={draft.checklist}
        onChange={checklist => change({ checklist })}
      />
      <FollowUpFields
        followUps={draft.followUps}
        onChange={followUps => change({ followUps })}
      />
      {needsOverride(draft, evidence) && (
        <>
          <Alert severity="warning">{t('review.incomplete')}</Alert>
          <LongTextField
            label={t('review.override')}
            helperText={t('review.overrideHelp')}
            required
            value={draft.override}
            onChange={override => change({ override })}
          />
        </>
      )}
      {action.error !== undefined && <ErrorState error={action.error} />}
      <ExplainedButton
        variant="contained"
        color="primary"
        disabled={action.busy}
        reason={gap && gapWords(gap, evidence, t)}
        onClick={submit}
      >
        {submitWords(draft.verdict, action.busy, t)}
      </ExplainedButton>
    </>
  );
};

function gapWords(gap: VerdictGap, evidence: ShownEvidence, t: Text): string {
  switch (gap) {
    case 'residue':
      return t('review.needResidue', { count: evidence.residueOpen });
    case 'comment':
      return t('review.needComment');
    case 'override':
      return t('review.needOverride');
    default:
      return t('review.needFollowUpTitle');
  }
}
