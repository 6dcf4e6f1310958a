export { GivenVerdict } from './GivenVerdict';
export { ReviewPanel } from './ReviewPanel';
export { followUpsBody, lacksTitle } from './verdict';
export type { ShownEvidence } from './verdict';
export { VerdictFields } from './VerdictFields';
export type { VerdictParts } from './VerdictFields';
