import { LeaseListQuery } from 'backstage-plugin-break-glass-common';
import { matches } from '../accounts/principals';
import { Person } from '../accounts/types';
import { BreakGlassConfig } from '../config/types';
import { LeaseFilter, Millis } from '../database/types';
import { decidableBy, readableBy } from './explain';

/** What a list holds for a person, as the database filters it; undefined where it is empty in any case. Pure. */
export function leaseFilter(
  config: BreakGlassConfig,
  person: Person,
  query: LeaseListQuery,
  now: Millis,
): LeaseFilter | undefined {
  const base: LeaseFilter = {
    now,
    statuses: query.status,
    accountRef: query.accountRef,
    requester: query.requester,
    from: query.from ? Date.parse(query.from) : undefined,
    to: query.to ? Date.parse(query.to) : undefined,
    readable: readableBy(config, person),
  };
  switch (query.view) {
    case 'mine':
      return { ...base, requester: person.ref };
    case 'approvals':
      return {
        ...base,
        statuses: undefined,
        readable: undefined,
        decidable: decidableBy(config, person),
        notOf: person.ref,
        awaiting: { personKey: person.key },
      };
    case 'reviews':
      return matches(config.reviewers, person)
        ? { ...base, reviewStates: ['collecting', 'open'] }
        : undefined;
    default:
      return base;
  }
}
