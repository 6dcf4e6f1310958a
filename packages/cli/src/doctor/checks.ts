import { checkAwsCli } from './checkAwsCli';
import { checkAwsProfiles } from './checkAwsProfiles';
import { checkFiles } from './checkFiles';
import { checkHealth } from './checkHealth';
import { checkKeyring } from './checkKeyring';
import { checkPortal } from './checkPortal';
import { checkSignIn } from './checkSignIn';
import { Check } from './Check';

/**
 * Everything that `doctor` looks at, in this order. Rows go on at once; what is in one row goes one after the other,
 * as the two that use the sign-in would wait for each other's renewal of it.
 */
export const CHECKS: Check[][] = [
  [checkPortal],
  [checkSignIn, checkHealth],
  [checkKeyring],
  [checkFiles],
  [checkAwsCli],
  [checkAwsProfiles],
];
