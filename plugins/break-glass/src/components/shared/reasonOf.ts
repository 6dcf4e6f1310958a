import { Explanation } from 'backstage-plugin-break-glass-common';

/** Why something is not allowed, in one line; `undefined` where it is. */
export function reasonOf(explanation: Explanation): string | undefined {
  return explanation.allowed
    ? undefined
    : explanation.reasons.map(({ message }) => message).join(' ');
}
