export * from './types';
export { analyseDecision, fitsStep } from './analyseDecision';
export { candidates } from './candidates';
export type { StepCandidates } from './candidates';
export { stepsWithoutPeople } from './canBeMet';
export { freezeInWords, freezesAt } from './freezes';
export { progress } from './progress';
export { policiesOn, policyIdsOf, selectPolicy } from './selectPolicy';
export { policyInWords, refsOfPolicy, stepInWords, stepSummary } from './words';
