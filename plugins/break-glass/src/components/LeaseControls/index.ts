export { CloseLeaseDialog } from './CloseLeaseDialog';
export { LeaseControls } from './LeaseControls';
