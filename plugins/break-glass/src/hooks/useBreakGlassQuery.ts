import { useApi } from '@backstage/core-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import {
  LEASE_SIGNAL_CHANNEL,
  LeaseSignal,
  RouteInput,
  RouteName,
  RouteOutput,
} from 'backstage-plugin-break-glass-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { breakGlassApiRef } from '../api/breakGlassApi';
import { useRefetchTriggers } from './useRefetchTriggers';

/** What a page knows of a question it asked. */
export interface BreakGlassQuery<N extends RouteName> {
  /** The last answer; kept while it is fetched again. */
  data?: RouteOutput<N>;
  /** Why the last fetch failed, if it did. */
  error?: unknown;
  /** True until there is an answer or an error for this input. */
  loading: boolean;
  refetch: () => void;
}

interface State<N extends RouteName> {
  key: string;
  data?: RouteOutput<N>;
  error?: unknown;
  settled: boolean;
}

/**
 * Asks one route of the backend, and asks again when a lease changed (signal),
 * when the page gets the focus, and once a minute.
 *
 * @param options.keepPrevious - show the answer to the last input until the one to a new input is there
 */
export function useBreakGlassQuery<N extends RouteName>(
  route: N,
  input: RouteInput<N>,
  options: { enabled?: boolean; keepPrevious?: boolean } = {},
): BreakGlassQuery<N> {
  const { enabled = true, keepPrevious = false } = options;
  const api = useApi(breakGlassApiRef);
  const key = JSON.stringify([route, input]);
  const [state, setState] = useState<State<N>>({ key, settled: false });
  const running = useRef<AbortController>();
  const latest = useRef({ input });
  latest.current = { input };

  const refetch = useCallback(() => {
    if (!enabled) {
      return;
    }
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    api.call(route, { ...latest.current.input, signal: abort.signal }).then(
      data => {
        if (!abort.signal.aborted) {
          setState({ key, data, settled: true });
        }
      },
      error => {
        if (!abort.signal.aborted) {
          setState(old => ({
            key,
            data: old.key === key ? old.data : undefined,
            error,
            settled: true,
          }));
        }
      },
    );
  }, [api, route, key, enabled]);

  useEffect(() => {
    refetch();
    return () => running.current?.abort();
  }, [refetch]);

  const { lastSignal } = useSignal<LeaseSignal>(LEASE_SIGNAL_CHANNEL);
  useEffect(() => {
    if (lastSignal) {
      refetch();
    }
  }, [lastSignal, refetch]);
  useRefetchTriggers(refetch);

  const current = state.key === key;
  return {
    data: current || keepPrevious ? state.data : undefined,
    error: current ? state.error : undefined,
    loading: enabled && !(current && state.settled),
    refetch,
  };
}
