import {
  SensitiveCase,
  SensitiveRule,
} from 'backstage-plugin-break-glass-node';

export type {
  EventContext,
  LeaseContext,
  SensitiveCase,
  SensitiveRule,
} from 'backstage-plugin-break-glass-node';

/** Marks the events of a lease at which it did something often. */
export interface CountingRule extends Omit<SensitiveRule, 'cases'> {
  counts: Array<
    SensitiveCase & {
      /** What is counted, in the plural. */
      what: string;
      /** At how many it counts as mass. */
      atLeast: number;
    }
  >;
}
