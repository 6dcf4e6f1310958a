import { bounds } from './rules/bounds';
import { bulk, data } from './rules/data';
import { exposure } from './rules/exposure';
import { identity } from './rules/identity';
import { movement } from './rules/movement';
import { tampering } from './rules/tampering';
import { CountingRule, SensitiveRule } from './SensitiveRule';

/** All rules that look at one event, as data. One event can match several. */
export const sensitiveRules: SensitiveRule[] = [
  ...tampering,
  ...identity,
  ...exposure,
  ...data,
  ...movement,
  ...bounds,
];

/** All rules that count over a lease. */
export const countingRules: CountingRule[] = bulk;
