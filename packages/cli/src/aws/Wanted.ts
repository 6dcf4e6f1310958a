/** Which credentials a person asks for, in the words that they typed. */
export interface Wanted {
  /** Name, title or 12-digit id of the account, or its entity reference. */
  account: string;
  /** One of several leases on the account. */
  lease?: string;
  /** A standing role, or the role of the lease. */
  role?: string;
  /** Profile of the standing role or of the lease. */
  profile?: string;
}
