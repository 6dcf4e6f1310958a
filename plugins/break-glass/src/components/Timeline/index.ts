export { EventRecord } from './EventRecord';
export { EventRow } from './EventRow';
export { LoadedRows } from './LoadedRows';
export { TimelineView } from './TimelineView';
export { VirtualRows } from './VirtualRows';
