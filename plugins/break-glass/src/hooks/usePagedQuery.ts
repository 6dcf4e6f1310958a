import { useApi } from '@backstage/core-plugin-api';
import {
  RouteInput,
  RouteName,
  RouteOutput,
} from 'backstage-plugin-break-glass-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { breakGlassApiRef } from '../api/breakGlassApi';
import { useBreakGlassQuery } from './useBreakGlassQuery';

/** Routes that answer a page of a list. */
export type PagedRoute = Extract<
  RouteName,
  'listAccounts' | 'listLeases' | 'listActivity' | 'getTimeline' | 'listAudit'
>;

/** Items of a list as far as they were asked for. */
export interface PagedQuery<T, P = unknown> {
  /** `undefined` until the first page is there. */
  items?: T[];
  /** The first page as last answered, with what lists carry beside their items. */
  first?: P;
  error?: unknown;
  /** How many pages `items` holds. */
  pages: number;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  refetch: () => void;
}

type Item<N extends PagedRoute> = RouteOutput<N>['items'][number];

interface Rest<N extends PagedRoute> {
  /** The first page that these follow. */
  after?: unknown;
  items: Item<N>[];
  pages: number;
  cursor?: string;
  error?: unknown;
}

/**
 * A list, page by page. Its first page is kept fresh; when it changes, further
 * pages are dropped, as their cursors may no longer join.
 */
export function usePagedQuery<N extends PagedRoute>(
  route: N,
  input: RouteInput<N>,
  options: {
    keepPrevious?: boolean;
    /** Two first pages of the same identity are followed by the same pages. */
    identity?: (page: RouteOutput<N>) => string;
  } = {},
): PagedQuery<Item<N>, RouteOutput<N>> {
  const identity = options.identity ?? JSON.stringify;
  const api = useApi(breakGlassApiRef);
  const first = useBreakGlassQuery(route, input, options);
  const firstText = useRef<{ text: string; page: typeof first.data }>();
  const text = first.data && identity(first.data);
  if (text !== undefined && firstText.current?.text !== text) {
    firstText.current = { text, page: first.data };
  }
  const page = first.data && firstText.current?.page;
  const [rest, setRest] = useState<Rest<N>>({ items: [], pages: 0 });
  const [loadingMore, setLoadingMore] = useState(false);
  const joined = rest.after === page;
  const cursor = joined ? rest.cursor : page?.nextCursor;

  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), [page]);
  const loadMore = useCallback(async () => {
    if (!cursor) {
      return;
    }
    const abort = new AbortController();
    running.current = abort;
    setLoadingMore(true);
    const query = { ...(input as { query?: object }).query, cursor };
    const next = await api
      .call(route, { ...input, query, signal: abort.signal })
      .then(
        answer => ({
          items: answer.items,
          pages: 1,
          cursor: answer.nextCursor,
        }),
        error => ({ items: [], pages: 0, cursor, error }),
      );
    setLoadingMore(false);
    if (!abort.signal.aborted) {
      setRest(old => {
        const kept = old.after === page ? old : { items: [], pages: 0 };
        return {
          ...next,
          after: page,
          items: [...kept.items, ...next.items],
          pages: kept.pages + next.pages,
        };
      });
    }
  }, [api, route, input, cursor, page]);

  return {
    items: page && [...page.items, ...(joined ? rest.items : [])],
    first: first.data,
    pages: page ? 1 + (joined ? rest.pages : 0) : 0,
    error: first.error ?? (joined ? rest.error : undefined),
    hasMore: Boolean(cursor),
    loadingMore,
    loadMore,
    refetch: first.refetch,
  };
}
