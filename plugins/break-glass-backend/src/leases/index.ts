export {
  explainStop,
  PanicQueries,
  panicScope,
  PanicService,
  refuseStopped,
  stopProblem,
} from './panic';
export * from './lifecycle';
export * from './scope';
export * from './explain';
export * from './explainDecide';
export * from './dependencies';
export * from './leaseUnknown';
export * from './leaseView';
export * from './notices';
export { sendReminders } from './sendReminders';
export * from './LeaseResolver';
export * from './RequestPreview';
export * from './RequestService';
export * from './DecisionService';
export * from './ClosingService';
export { LeaseLists } from './LeaseLists';
export * from './LeaseQueries';
export * from './LeaseActionRules';
export * from './RestoredMode';
export {
  AutomaticApproval,
  onCallCondition,
  openIncidentCondition,
} from './automatic';
export { controlPlaneProblem } from './controlPlane';
export { TicketChecks } from './TicketChecks';
export { ExtensionDecisions, ExtensionRequests } from './extensions';
export { ApprovalReminders } from './ApprovalReminders';
export { decidedBy } from './LeaseActionRules';
