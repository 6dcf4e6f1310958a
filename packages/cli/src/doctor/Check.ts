import type { Context } from '../Context';
import type { PortalAnswer } from './askPortal';

/** What one look found. */
export interface Finding {
  /** Two or three words: `Portal`, `AWS CLI`. */
  name: string;
  state: 'ok' | 'problem' | 'unknown';
  message: string;
  /** What to do about a problem. */
  next?: string;
}

/** What the looks of one run share, so that they wait together and not one after the other. */
export interface Round {
  /** What the portal answered; undefined where none is chosen. */
  portal: Promise<PortalAnswer | undefined>;
  /** Ends the waiting of all. */
  signal: AbortSignal;
  /** How long the keyring may take; nobody should have to type its password for a look. */
  keyringMs: number;
}

/** One look at what the command needs. It changes nothing, and does not throw where it finds a problem. */
export type Check = (
  context: Context,
  round: Round,
) => Promise<Finding | Finding[]>;

/** For what needs a portal that is silent. */
export function notLookedAt(name: string): Finding {
  return {
    name,
    state: 'unknown',
    message: 'Not looked at, since the portal does not answer.',
  };
}
