import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import {
  AuditEvent,
  AuditRow,
  AuditVerification,
  Database,
  Millis,
  Stores,
} from '../database/types';
import { unavailableError } from '../errors';
import { AnchorState, AuditAnchor } from './AuditAnchor';
import { anchorTag } from './anchorTag';
import { AuditSpool } from './AuditSpool';
import { verifyAudit } from './verify';

/** An entry as rooms hand it in: without an instant it is of now. */
export type AuditInput = Omit<AuditEvent, 'at'> & { at?: Millis };

/** Refused entries of one actor that are written out within one minute. */
export const REFUSED_PER_MINUTE = 30;

const MINUTE: Millis = 60_000;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const NO_ANCHOR: AnchorState = {
  restored: false,
  words:
    'The audit log is anchored nowhere: set breakGlass.audit.anchorFile to a place outside the database.',
};

/** The one way into the audit log (I6). */
export class AuditLog {
  private readonly refusals = new Map<string, Promise<void>>();

  constructor(
    private readonly options: {
      database: Database;
      clock: Clock;
      logger: LoggerService;
      spool: AuditSpool;
      /** Absent where none is configured. */
      anchor?: AuditAnchor;
      /** Entry that an operator looked at, and takes a restored database for the right one by. */
      acceptedHead?: { seq: number; hash: string };
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

  /** The head as the value of a session tag. */
  async anchorTag(): Promise<string> {
    return anchorTag(await this.options.database.audit.head());
  }

  /** Writes the head to the anchor file; raises an alarm where the database is not the one anchored. */
  async anchor(): Promise<AnchorState> {
    const { anchor, clock, database, logger } = this.options;
    if (!anchor) {
      return NO_ANCHOR;
    }
    const state = await anchor.write(database.audit, clock.now());
    if (state.restored && !(await this.accept(anchor, state))) {
      logger.error(`ALARM: nothing is issued. ${state.words}`);
      return state;
    }
    return anchor.check(database.audit);
  }

  /** The way out of restored mode: an operator's word in the configuration, never a request. */
  private async accept(
    anchor: AuditAnchor,
    { words }: AnchorState,
  ): Promise<boolean> {
    const { acceptedHead, clock, database, logger } = this.options;
    if (!acceptedHead) {
      return false;
    }
    const at = clock.now();
    const kept = await anchor.accept(database.audit, acceptedHead, at);
    if (kept === undefined) {
      logger.error(
        `breakGlass.audit.acceptedHead names entry ${acceptedHead.seq} with another hash than the database has: nothing is accepted.`,
      );
      return false;
    }
    const { seq, hash } = acceptedHead;
    await database.transaction(stores =>
      this.record(stores, {
        at,
        actor: 'system',
        action: 'audit.accepted',
        outcome: 'done',
        details: { seq, hash, words, anchorsKept: kept },
      }),
    );
    return true;
  }

  /** How the anchor stands, for the health route. */
  async anchorState(): Promise<{ ok: boolean; words: string }> {
    const { anchor, database } = this.options;
    const state = (await anchor?.check(database.audit)) ?? NO_ANCHOR;
    return { ok: anchor !== undefined && !state.restored, words: state.words };
  }

  /**
   * Call before anything is issued.
   * @throws ServiceUnavailableError `audit-restored` where the database is older than its anchor.
   */
  async assertNotRestored(): Promise<void> {
    const { anchor, database } = this.options;
    const state = await anchor?.check(database.audit);
    if (state?.restored) {
      throw unavailableError(
        'audit-restored',
        `Nothing was issued: ${state.words} Ask the platform team to look at the audit log.`,
      );
    }
  }

  /** Checks the whole log against itself and its anchors. */
  async verify(): Promise<AuditVerification> {
    const { anchor, database } = this.options;
    return verifyAudit(database.audit, await anchor?.read());
  }

  private dated(event: AuditInput): AuditEvent {
    return { ...event, at: event.at ?? this.options.clock.now() };
  }

  private async writeRefused(
    event: Omit<AuditInput, 'outcome'>,
  ): Promise<void> {
    try {
      const dated = withPlainLease(
        this.dated({ ...event, outcome: 'refused' }),
      );
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

/** What a stranger sent as an id is not one until it looks like one. */
function withPlainLease(event: AuditEvent): AuditEvent {
  const { leaseId, ...rest } = event;
  return leaseId === undefined || ULID.test(leaseId)
    ? event
    : { ...rest, details: { ...rest.details, sent: leaseId.slice(0, 100) } };
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
