export { ChecklistFields } from './ChecklistFields';
export { FollowUpFields } from './FollowUpFields';
export { ReviewPanel } from './ReviewPanel';
export { followUpsBody, lacksTitle } from './verdict';
export type { FollowUpDraft } from './verdict';
export { submitWords, VerdictChoice } from './VerdictChoice';
export type { ReviewVerdict } from './VerdictChoice';
export { GivenVerdict } from './GivenVerdict';
