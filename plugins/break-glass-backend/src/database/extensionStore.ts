import { ExtensionDecisionRow, ExtensionRow } from './extensionRows';
import { Millis } from './leaseRows';

export interface ExtensionStore {
  /** @returns false where one waits on this lease already. */
  insert(row: ExtensionRow): Promise<boolean>;
  /** Of some leases, oldest first. */
  ofLeases(leaseIds: string[]): Promise<ExtensionRow[]>;
  /** Only from `pending`. @returns false where somebody else was first. */
  settle(
    id: string,
    status: Exclude<ExtensionRow['status'], 'pending'>,
    at: Millis,
  ): Promise<boolean>;
  /** @throws ConflictError `already-decided` where the person key decided on it before. */
  decide(row: ExtensionDecisionRow): Promise<void>;
  /** Decisions on all extensions of some leases, oldest first. */
  decisionsOf(leaseIds: string[]): Promise<ExtensionDecisionRow[]>;
}
