export { UnbrokeredList } from './UnbrokeredList';
export { UnbrokeredNotice } from './UnbrokeredNotice';
export { UnbrokeredPage } from './UnbrokeredPage';
