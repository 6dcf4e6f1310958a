export { AutomaticApproval } from './AutomaticApproval';
export { onCallCondition, openIncidentCondition } from './conditions';
