import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import {
  AuditEvent,
  AuditRow,
  Database,
  Millis,
  Stores,
} from '../database/types';
import { anchorTag } from './anchorTag';
import { AuditSpool } from './AuditSpool';

/** An entry as rooms hand it in: without an instant it is of now. */
export type AuditInput = Omit<AuditEvent, 'at'> & { at?: Millis };

/** Refused entries of one actor that are written out within one minute. */
export const REFUSED_PER_MINUTE = 30;

const MINUTE: Millis = 60_000;

/** The one way into the audit log (I6). */
export class AuditLog {
  private readonly refusals = new Map<string, Promise<void>>();

  constructor(
    private readonly options: {
      database: Database;
      clock: Clock;
      logger: LoggerService;
      spool: AuditSpool;
    },
  ) {}

  /**
   * Writes an entry in the caller's transaction. Let it throw: without the
   * entry the action does not happen.
   */
  async record(stores: Stores, event: AuditInput): Promise<AuditRow> {
    return stores.audit.append(this.dated(event));
  }

  /**
   * Writes a refused attempt in a transaction of its own; never call it inside
   * another one. At most {@link REFUSED_PER_MINUTE} a minute of one actor are
   * written out, one more says that there were others. It never throws, so that
   * the caller's own error is what people get.
   */
  async refuse(event: Omit<AuditInput, 'outcome'>): Promise<void> {
    const { actor } = event;
    const earlier = this.refusals.get(actor) ?? Promise.resolve();
    const written = earlier.then(() => this.writeRefused(event));
    this.refusals.set(actor, written);
    await written;
    if (this.refusals.get(actor) === written) {
      this.refusals.delete(actor);
    }
  }

  /**
   * Keeps the entry of an ending on disk where the log cannot be written (I4).
   * Never throws: the ending goes on, and the log line is the last witness.
   */
  async spool(event: AuditInput): Promise<void> {
    const { action, actor, leaseId } = event;
    try {
      await this.options.spool.append(this.dated(event));
      this.options.logger.error(
        'The audit log could not be written; the entry is kept on disk',
        { action, actor, leaseId: leaseId ?? '' },
      );
    } catch (error) {
      this.options.logger.error(
        `Neither the audit log nor its spool file could be written: ${error}`,
        { action, actor, leaseId: leaseId ?? '' },
      );
    }
  }

  /** Writes what was kept on disk. @returns how many entries. */
  async replaySpool(): Promise<number> {
    return this.options.spool.replay(this.options.database);
  }

  /** The head as the value of a session tag. */
  async anchorTag(): Promise<string> {
    return anchorTag(await this.options.database.audit.head());
  }

  private dated(event: AuditInput): AuditEvent {
    return { ...event, at: event.at ?? this.options.clock.now() };
  }

  private async writeRefused(
    event: Omit<AuditInput, 'outcome'>,
  ): Promise<void> {
    try {
      const dated = this.dated({ ...event, outcome: 'refused' });
      const minute = Math.floor(dated.at / MINUTE) * MINUTE;
      await this.options.database.transaction(async stores => {
        const before = await stores.audit.countRefused(event.actor, minute);
        if (before < REFUSED_PER_MINUTE) {
          await stores.audit.append(dated);
        } else if (before === REFUSED_PER_MINUTE) {
          await stores.audit.append(capped(dated));
        }
      });
    } catch (error) {
      this.options.logger.error(
        `A refused attempt could not be written to the audit log: ${error}`,
        { action: event.action, actor: event.actor },
      );
    }
  }
}

function capped({ at, actor }: AuditEvent): AuditEvent {
  return {
    at,
    actor,
    action: 'refusals-capped',
    outcome: 'refused',
    code: 'rate-limited',
    details: { message: 'More refused attempts in this minute are not listed' },
  };
}
