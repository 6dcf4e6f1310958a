import { LoggerService } from '@backstage/backend-plugin-api';

/** A reminder that may be due. */
export interface DueReminder {
  /** What it is about, for the log. */
  of: string;
  /** Sends it. @returns false where it is not due, or somebody else sent it */
  send: () => Promise<boolean>;
}

/**
 * Sends reminders one by one; one that fails keeps no other waiting.
 * @returns how many went out
 */
export async function sendReminders(
  logger: LoggerService,
  reminders: DueReminder[],
  signal?: AbortSignal,
): Promise<number> {
  let sent = 0;
  for (const { of, send } of reminders) {
    if (signal?.aborted) {
      break;
    }
    try {
      sent += Number(await send());
    } catch (error) {
      logger.error(`Nobody could be reminded of ${of}: ${error}`);
    }
  }
  return sent;
}
