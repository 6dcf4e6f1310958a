import { useEffect, useRef } from 'react';
import { Verdict } from './DecisionDialog';

const KEYS: Record<string, Verdict> = { a: 'approve', r: 'reject' };

/** `a` and `r` open the question whether to approve or reject; they decide nothing by themselves. */
export function useDecisionKeys(
  enabled: boolean,
  onVerdict: (verdict: Verdict) => void,
) {
  const latest = useRef(onVerdict);
  latest.current = onVerdict;
  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const listen = (event: KeyboardEvent) => {
      const verdict = KEYS[event.key];
      const busy =
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.repeat ||
        isTyping(event.target) ||
        document.querySelector('[role="dialog"]') !== null;
      if (verdict && !busy) {
        event.preventDefault();
        latest.current(verdict);
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [enabled]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
