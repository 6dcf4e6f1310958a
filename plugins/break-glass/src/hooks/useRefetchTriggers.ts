import { useEffect } from 'react';

/** How often an open, visible page asks again, in milliseconds: signals can be lost. */
export const SLOW_PACE_MS = 60_000;

/** Calls `refetch` when the page gets the focus or becomes visible, and at a slow pace while it is visible. */
export function useRefetchTriggers(refetch: () => void) {
  useEffect(() => {
    const whenVisible = () => {
      if (document.visibilityState === 'visible') {
        refetch();
      }
    };
    const timer = setInterval(whenVisible, SLOW_PACE_MS);
    window.addEventListener('focus', whenVisible);
    document.addEventListener('visibilitychange', whenVisible);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', whenVisible);
      document.removeEventListener('visibilitychange', whenVisible);
    };
  }, [refetch]);
}
