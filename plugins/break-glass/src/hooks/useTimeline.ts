import { Timeline, TimelineEntry } from 'backstage-plugin-break-glass-common';
import { useEffect, useRef, useState } from 'react';
import { usePagedQuery } from './usePagedQuery';

/** What of the timeline is asked for; the backend filters, so that a filter covers all events. */
export interface TimelineFilter {
  only?: 'writes' | 'refused' | 'sensitive';
  service?: string;
  text?: string;
}

const PAGE_SIZE = 500;
/** Pages loaded without being asked for. */
const EAGER_PAGES = 4;
/** Bound of "load all": 100,000 entries. */
const ALL_PAGES = 200;

/** The timeline of a lease as far as it is loaded. */
export interface TimelineQuery {
  items?: TimelineEntry[];
  first?: Timeline;
  error?: unknown;
  hasMore: boolean;
  /** True where the evidence is no longer the one the page first showed. */
  changed: boolean;
  loadNext: () => void;
  loadAll: () => void;
  refetch: () => void;
}

/** Loads the timeline of a lease page by page; what is loaded stays until the evidence changes. */
export function useTimeline(id: string, filter: TimelineFilter): TimelineQuery {
  const list = usePagedQuery(
    'getTimeline',
    { params: { id }, query: { ...filter, limit: PAGE_SIZE } },
    { keepPrevious: true, identity: timelineIdentity },
  );
  const { items, first, error, hasMore, loadingMore, loadMore } = list;
  const filterText = JSON.stringify([id, filter]);
  const [want, setWant] = useState({ filterText, pages: EAGER_PAGES });
  const pages = want.filterText === filterText ? want.pages : EAGER_PAGES;
  const loaded = list.pages;
  const next = hasMore && !loadingMore && error === undefined && loaded < pages;
  useEffect(() => {
    if (next) {
      loadMore();
    }
    // `loadMore` is new with every answer; `loaded` says when to ask again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [next, loaded]);

  const shown = useRef<{ id: string; hash: string }>();
  if (first && shown.current?.id !== id) {
    shown.current = { id, hash: first.evidenceHash };
  }
  return {
    items,
    first,
    error,
    hasMore,
    changed: Boolean(first && shown.current?.hash !== first.evidenceHash),
    loadNext: () => setWant({ filterText, pages: loaded + 1 }),
    loadAll: () => setWant({ filterText, pages: ALL_PAGES }),
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
