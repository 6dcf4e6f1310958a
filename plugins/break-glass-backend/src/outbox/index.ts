export { OutboxWorker } from './OutboxWorker';
export type {
  OutboxHandler,
  OutboxHandlers,
  OutboxWorkerOptions,
} from './OutboxWorker';
export { deliverNotification, deliverSignal } from './deliverToPortal';
