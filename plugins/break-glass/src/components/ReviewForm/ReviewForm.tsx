import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { Text, useText } from '../../translation';
import { LongTextField } from '../shared';
import {
  EMPTY_VERDICT,
  needsOverride,
  ShownEvidence,
  VerdictDraft,
  verdictBody,
  VerdictGap,
  verdictGap,
} from './verdict';
import { followUpGapWords } from './followUpGapWords';
import { VerdictFields } from './VerdictFields';

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
    <VerdictFields
      draft={draft}
      onChange={change}
      items={ITEMS.map(item => ({ item, label: t(`review.${item}`) }))}
      busy={action.busy}
      error={action.error}
      reason={gap && gapWords(gap, evidence, t)}
      onSubmit={submit}
    >
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
    </VerdictFields>
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
      return followUpGapWords(gap, t);
  }
}
