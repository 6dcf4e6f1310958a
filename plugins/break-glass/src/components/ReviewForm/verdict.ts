import {
  Checklist,
  FollowUp,
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

/** What a reviewer looks at: the hash of the evidence on the page, and what stands against accepting it. */
export interface ShownEvidence {
  hash: string;
  complete: boolean;
  /** Things left behind that nobody removed or justified yet. */
  residueOpen: number;
}

/** What still has to be filled in. */
export type VerdictGap = 'comment' | 'override' | FollowUpGap | 'residue';

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
  if (draft.verdict === 'accepted' && evidence.residueOpen > 0) {
    return 'residue';
  }
  if (!draft.comment.trim()) {
    return 'comment';
  }
  const gap = followUpGap(draft);
  if (gap) {
    return gap;
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
    followUps: followUpsBody(draft.followUps),
    evidenceHash: evidence.hash,
    ...(needsOverride(draft, evidence) && { override: draft.override.trim() }),
  };
}

/** What the follow-ups of a verdict lack. */
export type FollowUpGap = 'followUps' | 'followUpTitle' | 'followUpOwner';

/** A flagging verdict leaves somebody something to do, until a day; the backend asks the same. */
export function followUpGap(
  draft: Pick<VerdictDraft, 'verdict' | 'followUps'>,
): FollowUpGap | undefined {
  const { verdict, followUps } = draft;
  if (verdict === 'flagged' && followUps.length === 0) {
    return 'followUps';
  }
  if (followUps.some(({ title }) => !title.trim())) {
    return 'followUpTitle';
  }
  return verdict === 'flagged' &&
    followUps.some(({ owner, due }) => !owner || !due)
    ? 'followUpOwner'
    : undefined;
}

/** Follow-ups as a verdict carries them. */
export function followUpsBody(followUps: FollowUpDraft[]): FollowUp[] {
  return followUps.map(({ title, owner, due }) => ({
    title: title.trim(),
    ...(owner && { owner: owner.ref }),
    ...(due && { dueAt: endOfLocalDay(due) }),
  }));
}

/** A follow-up is due until its day is over where the reviewer is. */
function endOfLocalDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}
