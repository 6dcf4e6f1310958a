import { useApi } from '@backstage/core-plugin-api';
import {
  RouteInput,
  RouteName,
  RouteOutput,
} from 'backstage-plugin-break-glass-common';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { breakGlassApiRef } from '../api/breakGlassApi';
import { useBreakGlassQuery } from './useBreakGlassQuery';

/** Routes that answer a page of a list. */
export type PagedRoute = Extract<
  RouteName,
  | 'getBrokerCheck'
  | 'listAccounts'
  | 'listLeases'
  | 'listActivity'
  | 'getTimeline'
  | 'listAudit'
  | 'listFollowUps'
  | 'listPanics'
  | 'listUnbrokered'
  | 'listUnbrokeredActivity'
>;

/** Items of a list as far as they were asked for. */
export interface PagedQuery<T, P = unknown> {
  /** `undefined` until the first page is there. */
  items?: T[];
  /** The same items page by page; a page keeps its identity as long as it stands. */
  pages: T[][];
  /** The first page as last answered, with what lists carry beside their items. */
  first?: P;
  error?: unknown;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  refetch: () => void;
}

type Item<N extends PagedRoute> = RouteOutput<N>['items'][number];

interface Rest<N extends PagedRoute> {
  /** The first page that these follow. */
  after?: unknown;
  pages: Item<N>[][];
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
  const text = useMemo(
    () => first.data && identity(first.data),
    // `identity` is one function for the life of a list.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [first.data],
  );
  if (text !== undefined && firstText.current?.text !== text) {
    firstText.current = { text, page: first.data };
  }
  const page = first.data && firstText.current?.page;
  const [rest, setRest] = useState<Rest<N>>({ pages: [] });
  const [loadingMore, setLoadingMore] = useState(false);
  const joined = rest.after === page;
  const known = joined ? rest.cursor : page?.nextCursor;
  // While the answer to an earlier question is shown, its cursor says nothing about this one.
  const cursor = first.loading ? undefined : known;

  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), [page]);
  const loadMore = useCallback(async () => {
    // Asked twice at once, one page must not come twice.
    if (!cursor || running.current?.signal.aborted === false) {
      return;
    }
    const abort = new AbortController();
    running.current = abort;
    setLoadingMore(true);
    const query = { ...(input as { query?: object }).query, cursor };
    const next = await api
      .call(route, { ...input, query, signal: abort.signal })
      .then(
        answer => ({ pages: [answer.items], cursor: answer.nextCursor }),
        error => ({ pages: [], cursor, error }),
      );
    setLoadingMore(false);
    if (running.current === abort) {
      running.current = undefined;
    }
    if (!abort.signal.aborted) {
      setRest(old => {
        const kept = old.after === page ? old.pages : [];
        return { ...next, after: page, pages: [...kept, ...next.pages] };
      });
    }
  }, [api, route, input, cursor, page]);

  const further = joined ? rest.pages : undefined;
  const pages = useMemo(
    () => (page ? [page.items, ...(further ?? [])] : []),
    [page, further],
  );
  const items = useMemo(() => pages.flat(), [pages]);
  return {
    items: page && items,
    pages,
    first: first.data,
    error: first.error ?? (joined ? rest.error : undefined),
    hasMore: Boolean(cursor),
    loadingMore,
    loadMore,
    refetch: first.refetch,
  };
}
