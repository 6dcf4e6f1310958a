/** What federation writes into the audit log. */
export const AUDIT = {
  /** Recorded before AWS is asked (I3). */
  issuing: 'session.issuing',
  /** Credentials or a console URL were handed out. */
  issued: 'session.issued',
  /** An attempt that was refused, or that AWS failed. */
  issue: 'session.issue',
  /** AWS gave credentials that were thrown away. */
  discarded: 'session.discarded',
  /** What the lease names changed after it was approved (I2). */
  issuingStopped: 'lease.issuing-stopped',
  /** AWS accepted the kill policy, or none is deployed. */
  kill: 'lease.kill',
  /** A call under the lease's name was tried, and refused or not. */
  killProbe: 'lease.kill-probe',
  /** The kill of a lease had been taken away by somebody else, and is made again. */
  killLost: 'lease.kill-lost',
  /** Somebody else changed a boundary policy; it was put right. */
  boundaryRepaired: 'boundary.repaired',
  /** A check of the broker in all accounts began, by whom. */
  brokerCheckStart: 'broker-check.start',
  /** What it found in one account, with the keys that it was given. */
  brokerCheck: 'broker-check.account',
  /** It is over. */
  brokerCheckEnd: 'broker-check.end',
} as const;
