import { checkAwsCli } from './checkAwsCli';
import { checkAwsProfiles } from './checkAwsProfiles';
import { checkFiles } from './checkFiles';
import { checkHealth } from './checkHealth';
import { checkKeyring } from './checkKeyring';
import { checkPortal } from './checkPortal';
import { checkSignIn } from './checkSignIn';
import { Check } from './Check';

/** Everything that `doctor` looks at, in this order. */
export const CHECKS: Check[] = [
  checkPortal,
  checkSignIn,
  checkKeyring,
  checkFiles,
  checkAwsCli,
  checkAwsProfiles,
  checkHealth,
];
