export { followUpGapWords } from './followUpGapWords';
export { GivenVerdict } from './GivenVerdict';
export { ReviewPanel } from './ReviewPanel';
export { followUpGap, followUpsBody } from './verdict';
export type { FollowUpGap, ShownEvidence } from './verdict';
export { VerdictFields } from './VerdictFields';
export type { VerdictParts } from './VerdictFields';
