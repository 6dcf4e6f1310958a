import type { Context } from '../Context';

/** What one look found. */
export interface Finding {
  /** Two or three words: `Portal`, `AWS CLI`. */
  name: string;
  state: 'ok' | 'problem' | 'unknown';
  message: string;
  /** What to do about a problem. */
  next?: string;
}

/** One look at what the command needs. It changes nothing, and does not throw where it finds a problem. */
export type Check = (context: Context) => Promise<Finding | Finding[]>;
