import { HandedOut, Refusal, SeenSession } from './LifeMemory';
import type { LifeWorld } from './LifeWorld';
import { Snapshot } from './Snapshot';

/** One step, as invariants look at it. */
export interface StepView {
  /** What was done. */
  words: string;
  world: LifeWorld;
  before: Snapshot;
  after: Snapshot;
  now: number;
  /** The database's clock less ours when it began, in milliseconds. */
  skew: number;
  /** Whether the database was older than its anchor when it began. */
  wasRestored: boolean;
  /** Sessions that AWS made in it. */
  seen: SeenSession[];
  handedOut: HandedOut[];
  refusals: Refusal[];
  /** Leases that it may change, unless it may change anything. */
  touched: ReadonlySet<string>;
  anything: boolean;
  /** Whether the database failed in it. */
  struck: boolean;
  /** Whether another database was put in place: nothing is compared then. */
  replaced: boolean;
  /** What was logged and sent in it. */
  text: string[];
}
