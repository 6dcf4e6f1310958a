import { AwsError } from '../AwsError';
import { ConnectionDropped } from '../wire/ConnectionDropped';
import { accessDenied, Service } from './Operation';

const QUERY_EFFECTS = ['query-slow', 'query-fails', 'query-cancelled'] as const;
type QueryEffect = (typeof QUERY_EFFECTS)[number];

const isAboutQueries = ({ effect }: Fault) =>
  QUERY_EFFECTS.some(known => known === effect);

/** Something that goes wrong on purpose. */
export interface Fault {
  /** Service (`sts`, `iam`, `s3`, …); default every one. */
  service?: string;
  /** API name (`AssumeRole`, …); default every one. */
  action?: string;
  /** The caller's account; default every one. */
  accountId?: string;
  /**
   * `slow` waits `delayMs`, `hold` waits until released, `error` answers 500, `throttle` 400 or 503,
   * `deny` access denied, `drop` cuts the connection. The `query-…` effects let Athena start a query
   * that then takes longer, fails or is cancelled.
   */
  effect:
    | 'slow'
    | 'hold'
    | 'error'
    | 'throttle'
    | 'deny'
    | 'drop'
    | QueryEffect;
  /** For `slow`: milliseconds of real time; for `query-slow`: of the sandbox's clock. */
  delayMs?: number;
  /** `after`: the call has its full effect and only the answer suffers. Default `before`. */
  when?: 'before' | 'after';
  /** How many calls it strikes; default all until removed. */
  times?: number;
}

interface ActiveFault {
  fault: Fault;
  left: number;
  release: () => void;
  released: Promise<void>;
}

/** The faults that strike calls to the sandbox. */
export class Faults {
  private active: ActiveFault[] = [];
  private held = 0;
  private waiters: (() => void)[] = [];

  /**
   * Adds a fault.
   * @returns removes it again, and lets calls go on that it holds
   */
  inject(fault: Fault): () => void {
    let release = () => {};
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    const entry = { fault, left: fault.times ?? Infinity, release, released };
    this.active.push(entry);
    return () => {
      this.active = this.active.filter(other => other !== entry);
      release();
    };
  }

  /** Removes every fault and lets held calls go on. */
  clear(): void {
    const all = this.active;
    this.active = [];
    all.forEach(entry => entry.release());
  }

  /** Resolves as soon as a `hold` keeps a call back. */
  async untilHeld(): Promise<void> {
    if (this.held > 0) return;
    await new Promise<void>(resolve => {
      this.waiters.push(resolve);
    });
  }

  /** Takes the fault that waits for the next query of an account. */
  takeQueryFault(accountId: string): Fault | undefined {
    const entry = this.active.find(
      ({ fault, left }) =>
        left > 0 &&
        isAboutQueries(fault) &&
        (fault.accountId ?? accountId) === accountId,
    );
    if (entry) entry.left -= 1;
    return entry?.fault;
  }

  /**
   * Lets matching faults strike.
   * @throws AwsError or ConnectionDropped as the fault says
   */
  async strike(
    stage: 'before' | 'after',
    service: Service,
    action: string,
    accountId: string,
  ): Promise<void> {
    for (const entry of [...this.active]) {
      const { fault } = entry;
      const matches =
        entry.left > 0 &&
        !isAboutQueries(fault) &&
        (fault.when ?? 'before') === stage &&
        (fault.service ?? service.name) === service.name &&
        (fault.action ?? action) === action &&
        (fault.accountId ?? accountId) === accountId;
      if (matches) {
        entry.left -= 1;
        await this.apply(entry, service, action);
      }
    }
  }

  private async apply(
    { fault, released }: ActiveFault,
    service: Service,
    action: string,
  ): Promise<void> {
    switch (fault.effect) {
      case 'slow':
        await Promise.race([
          released,
          new Promise(resolve => {
            setTimeout(resolve, fault.delayMs ?? 0).unref();
          }),
        ]);
        return;
      case 'hold':
        this.held += 1;
        this.waiters.splice(0).forEach(resolve => resolve());
        await released;
        this.held -= 1;
        return;
      case 'drop':
        throw new ConnectionDropped();
      case 'throttle':
        throw service.protocol === 's3'
          ? new AwsError('SlowDown', 'Please reduce your request rate.', 503)
          : new AwsError('ThrottlingException', 'Rate exceeded', 400);
      case 'deny':
        throw accessDenied(
          service.protocol,
          `User is not authorized to perform: ${service.name}:${action}`,
        );
      default:
        throw new AwsError(
          'InternalFailure',
          'The request processing has failed because of an unknown error, exception or failure.',
          500,
        );
    }
  }
}
