export { CompletenessState } from './CompletenessState';
export { TimelineView } from './TimelineView';
