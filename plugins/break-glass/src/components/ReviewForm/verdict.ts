import {
  Checklist,
  Person,
  RouteInput,
} from 'backstage-plugin-break-glass-common';

/** A follow-up while it is being written. */
export interface FollowUpDraft {
  id: number;
  title: string;
  owner?: Person;
  /** Local date as the browser's input gives it. */
  due: string;
}

/** A verdict while it is being written. */
export interface VerdictDraft {
  verdict: 'accepted' | 'flagged';
  comment: string;
  checklist: Checklist;
  followUps: FollowUpDraft[];
  override: string;
}

/** What a reviewer looks at: the hash of the evidence on the page, and whether it is complete. */
export interface ShownEvidence {
  hash: string;
  complete: boolean;
}

/** What still has to be filled in. */
export type VerdictGap = 'comment' | 'override' | 'followUpTitle';

/** A verdict with nothing confirmed yet. */
export const EMPTY_VERDICT: VerdictDraft = {
  verdict: 'accepted',
  comment: '',
  checklist: {
    ended: false,
    matchesReason: false,
    rotated: false,
    lessons: false,
  },
  followUps: [],
  override: '',
};

/** Whether accepting takes a reason, because evidence is missing (I7). */
export function needsOverride(
  draft: VerdictDraft,
  evidence: ShownEvidence,
): boolean {
  return draft.verdict === 'accepted' && !evidence.complete;
}

/** The first gap, if there is one. */
export function verdictGap(
  draft: VerdictDraft,
  evidence: ShownEvidence,
): VerdictGap | undefined {
  if (!draft.comment.trim()) {
    return 'comment';
  }
  if (draft.followUps.some(({ title }) => !title.trim())) {
    return 'followUpTitle';
  }
  return needsOverride(draft, evidence) && !draft.override.trim()
    ? 'override'
    : undefined;
}

/** Body of the verdict, on the evidence that was on the page. */
export function verdictBody(
  draft: VerdictDraft,
  evidence: ShownEvidence,
): RouteInput<'reviewLease'>['body'] {
  return {
    verdict: draft.verdict,
    comment: draft.comment.trim(),
    checklist: draft.checklist,
    followUps: draft.followUps.map(({ title, owner, due }) => ({
      title: title.trim(),
      ...(owner && { owner: owner.ref }),
      ...(due && { dueAt: endOfLocalDay(due) }),
    })),
    evidenceHash: evidence.hash,
    ...(needsOverride(draft, evidence) && { override: draft.override.trim() }),
  };
}

/** A follow-up is due until its day is over where the reviewer is. */
function endOfLocalDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}
