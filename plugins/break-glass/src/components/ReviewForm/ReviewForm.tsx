import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import { useId, useState } from 'react';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { Text, useText } from '../../translation';
import { ErrorState, ExplainedButton } from '../shared';
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

const MAX_TEXT = 2_000;

/** Accept or flag the evidence on the page. */
export const ReviewForm = (props: {
  leaseId: string;
  evidence: ShownEvidence;
  onChanged: () => void;
}) => {
  const { leaseId, evidence, onChanged } = props;
  const t = useText();
  const id = useId();
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
      <RadioGroup
        aria-label={t('review.title')}
        value={draft.verdict}
        onChange={event =>
          change({ verdict: event.target.value as VerdictDraft['verdict'] })
        }
      >
        <FormControlLabel
          value="accepted"
          control={<Radio color="primary" />}
          label={t('review.accept')}
        />
        <FormControlLabel
          value="flagged"
          control={<Radio color="primary" />}
          label={t('review.flag')}
        />
      </RadioGroup>
      <TextField
        id={`${id}-comment`}
        label={t('review.comment')}
        helperText={t('review.commentHelp')}
        required
        multiline
        minRows={2}
        fullWidth
        margin="dense"
        variant="outlined"
        inputProps={{ maxLength: MAX_TEXT }}
        value={draft.comment}
        onChange={event => change({ comment: event.target.value })}
      />
      <ChecklistFields
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
          <TextField
            id={`${id}-override`}
            label={t('review.override')}
            helperText={t('review.overrideHelp')}
            required
            multiline
            fullWidth
            margin="dense"
            variant="outlined"
            inputProps={{ maxLength: MAX_TEXT }}
            value={draft.override}
            onChange={event => change({ override: event.target.value })}
          />
        </>
      )}
      {action.error !== undefined && <ErrorState error={action.error} />}
      <ExplainedButton
        variant="contained"
        color="primary"
        disabled={action.busy}
        reason={gap && gapWords(gap, t)}
        onClick={submit}
      >
        {submitWords(draft, action.busy, t)}
      </ExplainedButton>
    </>
  );
};

function gapWords(gap: VerdictGap, t: Text): string {
  switch (gap) {
    case 'comment':
      return t('review.needComment');
    case 'override':
      return t('review.needOverride');
    default:
      return t('review.needFollowUpTitle');
  }
}

function submitWords(draft: VerdictDraft, busy: boolean, t: Text): string {
  if (busy) {
    return t('review.submitting');
  }
  return draft.verdict === 'accepted'
    ? t('review.submitAccept')
    : t('review.submitFlag');
}
