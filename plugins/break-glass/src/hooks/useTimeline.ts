import {
  AccessLevel,
  Timeline,
  TimelineEntry,
} from 'backstage-plugin-break-glass-common';
import { useRef } from 'react';
import { usePagedQuery } from './usePagedQuery';

/** What of the timeline is asked for; the backend filters, so that a filter covers all events. */
export interface TimelineFilter {
  only?: 'writes' | 'refused' | 'sensitive';
  service?: string;
  session?: string;
  accessLevel?: AccessLevel;
  text?: string;
  /** Only events at or after this instant. */
  from?: string;
  /** Only events before this instant. */
  to?: string;
}

/** Small enough that reading a page is no pause while scrolling. */
const PAGE_SIZE = 250;

/** The timeline of a lease as far as it is loaded. */
export interface TimelineQuery {
  /** Entries page by page; empty until the first page is there. */
  pages: TimelineEntry[][];
  first?: Timeline;
  error?: unknown;
  hasMore: boolean;
  loadingMore: boolean;
  /** True where the evidence is no longer the one the page first showed. */
  changed: boolean;
  loadMore: () => void;
  refetch: () => void;
}

/** Loads the timeline of a lease page by page; what is loaded stays until the evidence changes. */
export function useTimeline(id: string, filter: TimelineFilter): TimelineQuery {
  const list = usePagedQuery(
    'getTimeline',
    { params: { id }, query: { ...filter, limit: PAGE_SIZE } },
    { keepPrevious: true, identity: timelineIdentity },
  );
  const { pages, first, error, hasMore, loadingMore, loadMore } = list;
  const shown = useRef<{ id: string; hash: string }>();
  if (first && shown.current?.id !== id) {
    shown.current = { id, hash: first.evidenceHash };
  }
  return {
    pages,
    first,
    error,
    hasMore,
    loadingMore,
    changed: Boolean(first && shown.current?.hash !== first.evidenceHash),
    loadMore,
    refetch: list.refetch,
  };
}

/** Pages that follow join as long as evidence, first page and its cursor are the same. */
function timelineIdentity(page: Timeline): string {
  const { evidenceHash, nextCursor, items } = page;
  const keys = items.map(item =>
    item.kind === 'event' ? item.event.id : [item.kind, item.at],
  );
  return JSON.stringify([evidenceHash, nextCursor, keys]);
}
