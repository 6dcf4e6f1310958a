import { ReactNode } from 'react';
import { Text, useText } from '../../translation';
import { ErrorState, ExplainedButton, LongTextField } from '../shared';
import { ChecklistFields } from './ChecklistFields';
import { FollowUpFields } from './FollowUpFields';
import { FollowUpDraft } from './verdict';
import { ReviewVerdict, VerdictChoice } from './VerdictChoice';

/** What every verdict says while it is being written. */
export interface VerdictParts<K extends string> {
  verdict: ReviewVerdict;
  comment: string;
  checklist: Record<K, boolean>;
  followUps: FollowUpDraft[];
}

/** The fields of a verdict with the button that gives it, or why it cannot be given yet. */
export function VerdictFields<K extends string>(props: {
  draft: VerdictParts<K>;
  onChange: (part: Partial<VerdictParts<K>>) => void;
  items: { item: K; label: string }[];
  /** What accepting means here, where it is not the fit with a reason. */
  accept?: string;
  /** More fields. */
  children?: ReactNode;
  busy: boolean;
  error?: unknown;
  reason?: string;
  onSubmit: () => void;
}) {
  const { draft, onChange, items, accept, busy, error, reason } = props;
  const t = useText();
  return (
    <>
      <VerdictChoice
        verdict={draft.verdict}
        accept={accept}
        onChange={verdict => onChange({ verdict })}
      />
      <LongTextField
        label={t('review.comment')}
        helperText={t('review.commentHelp')}
        required
        value={draft.comment}
        onChange={comment => onChange({ comment })}
      />
      <ChecklistFields
        items={items}
        checklist={draft.checklist}
        onChange={checklist => onChange({ checklist })}
      />
      <FollowUpFields
        followUps={draft.followUps}
        owned={draft.verdict === 'flagged'}
        onChange={followUps => onChange({ followUps })}
      />
      {props.children}
      {error !== undefined && <ErrorState error={error} />}
      <ExplainedButton
        variant="contained"
        color="primary"
        disabled={busy}
        reason={reason}
        onClick={props.onSubmit}
      >
        {submitWords(draft.verdict, busy, t)}
      </ExplainedButton>
    </>
  );
}

function submitWords(verdict: ReviewVerdict, busy: boolean, t: Text): string {
  if (busy) {
    return t('review.submitting');
  }
  return verdict === 'accepted'
    ? t('review.submitAccept')
    : t('review.submitFlag');
}
