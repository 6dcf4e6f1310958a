import type { Millis } from './leaseRows';

/** One row of `panics`. In force until `liftedAt`. */
export interface PanicRow {
  id: string;
  kind: 'person' | 'account' | 'all';
  /** Entity of the person or the account. */
  targetRef?: string;
  /** Person key, 12-digit account id, or empty. */
  targetKey: string;
  title: string;
  reason: string;
  raisedBy: string;
  raisedAt: Millis;
  liftAskedBy?: string;
  liftAskedByKey?: string;
  liftAskedAt?: Millis;
  liftReason?: string;
  liftedBy?: string;
  liftedAt?: Millis;
}

/** Somebody who may be stopped. */
export interface Stoppable {
  ref: string;
  key: string;
  /** Every entity of the same human being that is known: who is stopped under one is stopped under all. */
  against?: { refs: ReadonlySet<string> };
}

/** Whom and what an action is about, for looking whether it is stopped. */
export interface PanicScope {
  /** Keys and refs of all who take part or get something of it. */
  people: Stoppable[];
  /** 12 digits; absent where no account is looked at. */
  accountId?: string;
}
