import { useApi } from '@backstage/core-plugin-api';
import {
  RouteInput,
  RouteName,
  RouteOutput,
} from 'backstage-plugin-break-glass-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { breakGlassApiRef } from '../api/breakGlassApi';

/** A change that a person makes. */
export interface BreakGlassAction<N extends RouteName> {
  /** Resolves to the answer, or to `undefined` where it failed (then `error` says why). */
  run: (input: RouteInput<N>) => Promise<RouteOutput<N> | undefined>;
  busy: boolean;
  error?: unknown;
  reset: () => void;
}

/** Calls one route once at a time: a second click while the first is on its way does nothing. */
export function useBreakGlassAction<N extends RouteName>(
  route: N,
): BreakGlassAction<N> {
  const api = useApi(breakGlassApiRef);
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({
    busy: false,
  });
  const busy = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = useCallback(
    async (input: RouteInput<N>) => {
      if (busy.current) {
        return undefined;
      }
      busy.current = true;
      setState({ busy: true });
      let error: unknown;
      try {
        return await api.call(route, input);
      } catch (caught) {
        error = caught;
        return undefined;
      } finally {
        busy.current = false;
        if (mounted.current) {
          setState({ busy: false, error });
        }
      }
    },
    [api, route],
  );
  const reset = useCallback(() => setState({ busy: busy.current }), []);
  return { run, busy: state.busy, error: state.error, reset };
}
