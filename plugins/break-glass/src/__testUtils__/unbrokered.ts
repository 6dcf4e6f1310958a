import {
  FollowUpState,
  followUpStateSchema,
  UnbrokeredDetail,
  unbrokeredDetailSchema,
  UnbrokeredUse,
  unbrokeredUseSchema,
} from 'backstage-plugin-break-glass-common';
import { afterNoon, daniel, NOON, no, yes } from './leases';

export const USE_ID = '01K6FJ00000000000000000040';

const use = {
  id: USE_ID,
  state: 'open',
  kind: 'assume-role',
  at: NOON,
  foundAt: afterNoon(20),
  via: 'search',
  seenInLogs: true,
  account: {
    ref: 'resource:default/payroll',
    title: 'payroll',
    accountId: '111122223333',
    partition: 'aws',
  },
  role: { id: 'break-glass', title: 'Break-glass admin' },
  principal: 'arn:aws:iam::111122223333:user/sealed-1',
  emergencyUser: 'sealed-1',
  words: 'The sealed user sealed-1 assumed Break-glass admin without a lease.',
  owner: daniel,
  dueAt: afterNoon(24 * 60),
  overdue: false,
  eventCount: 2,
};

/** A sealed user who assumed the break-glass role, as lists show it; checked against the contract. */
export function unbrokeredUse(
  part: Partial<UnbrokeredUse> = {},
): UnbrokeredUse {
  return unbrokeredUseSchema.parse({ ...use, ...part });
}

/** The same for somebody who may do everything with it; checked against the contract. */
export function unbrokeredDetail(
  part: Partial<UnbrokeredDetail> = {},
): UnbrokeredDetail {
  return unbrokeredDetailSchema.parse({
    ...use,
    version: 3,
    reviews: [],
    actions: { assign: yes, justify: yes, review: yes },
    ...part,
  });
}

/** What somebody who may do nothing with it is told. */
export const noUseActions = {
  assign: no('Only responders name who explains a use', 'not-responder'),
  justify: no('Only Daniel Weiss explains this use', 'not-owner'),
  review: no('You are the person in the event', 'self-review'),
};

/** A follow-up of Daniel's that is still open; checked against the contract. */
export function followUp(part: Partial<FollowUpState> = {}): FollowUpState {
  return followUpStateSchema.parse({
    id: '01K6FJ00000000000000000050',
    title: 'Rotate the secret',
    owner: daniel.ref,
    dueAt: afterNoon(24 * 60),
    overdue: false,
    leaseId: '01K6FJ00000000000000000001',
    accountTitle: 'payroll',
    createdAt: NOON,
    createdBy: 'user:default/rita',
    canFinish: yes,
    ...part,
  });
}
