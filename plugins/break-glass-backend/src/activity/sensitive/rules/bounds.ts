import { SensitiveRule } from '../SensitiveRule';

const EVERY_EVENT = ['*'];

/** What does not fit the lease, whatever was called. */
export const bounds: SensitiveRule[] = [
  {
    id: 'outside-profile',
    title: 'Outside the profile',
    why: 'It was allowed although the profile of the lease does not name it: something else gave the right.',
    cases: [
      {
        events: EVERY_EVENT,
        only: 'a successful call of a known permission, with the session itself, that no allowing statement of the approved scope covers; profiles with managed policies excepted',
        when: (_record, { permission, failed, chained, resources, lease }) =>
          !failed &&
          // Another role has rights of its own.
          !chained &&
          permission !== undefined &&
          lease.inProfile?.(permission, resources) === false,
      },
    ],
  },
  {
    id: 'after-lease-end',
    title: 'After the end',
    why: 'It was called after the lease had ended.',
    cases: [
      {
        events: EVERY_EVENT,
        only: 'a later time than the end of access, refused or not',
        when: (_record, { at, lease }) =>
          lease.endsAt !== undefined && at > lease.endsAt,
      },
    ],
  },
  {
    id: 'new-network',
    title: 'From a new network',
    why: 'It came from a network that none of this person’s leases was used from before.',
    cases: [
      {
        events: EVERY_EVENT,
        only: 'an address whose network (/24, IPv6 /48) none of the person’s leases of the 180 days before was used from; without such leases, the first network of the lease is known',
        when: (_record, { network, lease }) =>
          network !== undefined && lease.knownNetworks?.has(network) === false,
      },
    ],
  },
];
