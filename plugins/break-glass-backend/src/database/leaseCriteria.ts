/** What a permission rule asks of leases; each list means "one of". An empty one matches nothing. */
export interface LeaseCriterion {
  requesters?: string[];
  beneficiaries?: string[];
  accountOwners?: string[];
  accountRefs?: string[];
  roleIds?: string[];
  /** As the clock says. */
  statuses?: string[];
  /** Leases that somebody may decide: under these policies, or under those as owner of the account; nobody's own. */
  decidable?: {
    policyIds: string[];
    ownedPolicyIds: string[];
    owners: string[];
    notOf: string[];
  };
}

/** Criteria of leases as a policy nests them. `{ anyOf: [] }` matches nothing. */
export type LeaseCriteria =
  | { anyOf: LeaseCriteria[] }
  | { allOf: LeaseCriteria[] }
  | { not: LeaseCriteria }
  | LeaseCriterion;
