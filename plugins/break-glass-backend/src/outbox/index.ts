export { OutboxWorker } from './OutboxWorker';
export type { LaneName } from './lanes';
export type {
  OutboxHandler,
  OutboxHandlers,
  OutboxWorkerOptions,
} from './OutboxWorker';
export { deliverNotification, deliverSignal } from './deliverToPortal';
