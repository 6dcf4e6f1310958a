import { StepView } from '../StepView';
import { I1 } from './I1';
import { I2 } from './I2';
import { I3 } from './I3';
import { I5 } from './I5';
import { I6 } from './I6';
import { I8 } from './I8';
import { I9 } from './I9';
import { I10 } from './I10';
import { I11 } from './I11';
import { I12 } from './I12';
import { I13 } from './I13';
import { states } from './states';

const ALL = [states, I1, I2, I3, I5, I6, I8, I9, I10, I11, I12, I13];

/** Every invariant that tables, AWS and answers can tell of. @returns what is broken, in words */
export function allInvariants(view: StepView): string[] {
  return ALL.flatMap(invariant => invariant(view));
}
