import {
  RouteInput,
  UnbrokeredChecklist,
  UnbrokeredDetail,
} from 'backstage-plugin-break-glass-common';
import {
  FollowUpGap,
  followUpGap,
  followUpsBody,
  VerdictParts,
} from '../ReviewForm';

/** A verdict on an unbrokered use while it is being written. */
export type UnbrokeredVerdictDraft = VerdictParts<keyof UnbrokeredChecklist>;

/** What still has to be filled in. */
export type UnbrokeredVerdictGap = 'checklist' | 'comment' | FollowUpGap;

/** A verdict with nothing confirmed yet. */
export const EMPTY_UNBROKERED_VERDICT: UnbrokeredVerdictDraft = {
  verdict: 'accepted',
  comment: '',
  checklist: {
    credentialsRotated: false,
    accessRevoked: false,
    lessonsLearned: false,
  },
  followUps: [],
};

/** The first gap, if there is one: accepting takes the whole checklist. */
export function unbrokeredGap(
  draft: UnbrokeredVerdictDraft,
): UnbrokeredVerdictGap | undefined {
  if (
    draft.verdict === 'accepted' &&
    !Object.values(draft.checklist).every(Boolean)
  ) {
    return 'checklist';
  }
  if (!draft.comment.trim()) {
    return 'comment';
  }
  return followUpGap(draft);
}

/** Body of the verdict, on the use as it was on the page. */
export function unbrokeredVerdictBody(
  draft: UnbrokeredVerdictDraft,
  use: UnbrokeredDetail,
): RouteInput<'reviewUnbrokered'>['body'] {
  return {
    verdict: draft.verdict,
    comment: draft.comment.trim(),
    checklist: draft.checklist,
    followUps: followUpsBody(draft.followUps),
    version: use.version,
  };
}
