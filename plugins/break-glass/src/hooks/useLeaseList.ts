import { LeaseSummary, RouteInput } from 'backstage-plugin-break-glass-common';
import { PagedQuery, usePagedQuery } from './usePagedQuery';

/** Leases that the caller may read, newest first, page by page. */
export function useLeaseList(
  query: NonNullable<RouteInput<'listLeases'>['query']>,
): PagedQuery<LeaseSummary> {
  return usePagedQuery('listLeases', { query });
}
