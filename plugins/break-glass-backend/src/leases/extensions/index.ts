export { ExtensionDecisions } from './ExtensionDecisions';
export { ExtensionRequests } from './ExtensionRequests';
