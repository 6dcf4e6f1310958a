import { Millis, PanicRow, PanicScope } from './rows';

/** What is stopped. */
export interface PanicStore {
  insert(row: PanicRow): Promise<void>;
  get(id: string): Promise<PanicRow | undefined>;
  /** Newest first. @param open - only those in force */
  list(
    filter: { open: boolean },
    page: { limit: number; before?: string },
  ): Promise<PanicRow[]>;
  /** Those in force that stop it, oldest first. */
  inForce(scope: PanicScope): Promise<PanicRow[]>;
  /** Writes who asked to lift it. @returns false where somebody has, or it is lifted */
  askLift(
    id: string,
    asked: {
      liftAskedBy: string;
      liftAskedByKey: string;
      liftAskedAt: Millis;
      liftReason: string;
    },
  ): Promise<boolean>;
  /** Lifts it. @returns false unless this person key asked before and it is in force */
  lift(
    id: string,
    askedByKey: string,
    lifted: { liftedBy: string; liftedAt: Millis },
  ): Promise<boolean>;
}
