import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { LEASE_SIGNAL_CHANNEL } from 'backstage-plugin-break-glass-common';
import { OutboxHandler } from './OutboxWorker';

/** Tells people through the portal's notifications, and whatever the portal sends these on to. */
export function deliverNotification(
  notifications: NotificationService,
): OutboxHandler<'notification'> {
  return async ({ kind, recipients, ...payload }) => {
    await notifications.send({
      recipients: { type: 'entity', entityRef: recipients },
      payload,
    });
  };
}

/** Tells open pages that a lease changed; only its id goes out. */
export function deliverSignal(
  signals: SignalsService,
): OutboxHandler<'signal'> {
  return async ({ leaseId, unbrokeredId }) => {
    await signals.publish({
      recipients: { type: 'broadcast' },
      channel: LEASE_SIGNAL_CHANNEL,
      message: { leaseId, unbrokeredId },
    });
  };
}
