import { isWrite } from '../../../database/activityConditions';
import { grantees, isAccount } from '../../policyGrants';
import { Call } from '../Call';
import { Effect } from '../effect';

/**
 * A call that is not known one by one, and carries a policy that allows somebody
 * something: asked about, and never gone by itself. One that only reads only looks at it.
 */
export function unknownGrant(call: Call): Effect {
  const { service, action, eventId, resources } = call.event;
  if (!isWrite(call.event)) {
    return {};
  }
  const others = grantees(call.request).filter(
    principal => !isAccount(principal, call.accountId),
  );
  if (others.length === 0) {
    return {};
  }
  const [first] = others;
  return {
    made: [
      {
        kind: 'other',
        path: ['unknown-grant', eventId],
        what: `What ${service}:${action} allows ${
          first === '*' ? 'everybody' : first
        }${others.length > 1 ? ` and ${others.length - 1} more` : ''}`,
        resource: resources[0] ?? '',
      },
    ],
  };
}
