import { ErrorCode, errorCodeOf } from 'backstage-plugin-break-glass-common';
import { Text } from '../../translation';

/** An error in words. */
export interface DescribedError {
  message: string;
  /** What to do next, where the code tells. */
  hint?: string;
  code?: ErrorCode;
}

/** The server's own sentence where there is one, else what the browser can tell. */
export function describeError(error: unknown, t: Text): DescribedError {
  const code = errorCodeOf(error);
  const fromServer = (error as { body?: { error?: { message?: unknown } } })
    ?.body?.error?.message;
  if (typeof fromServer === 'string' && fromServer) {
    return { message: fromServer, hint: code && hintOf(code, t), code };
  }
  const name = (error as Error)?.name;
  if (name === 'ZodError' || name === 'SyntaxError') {
    return { message: t('errors.misunderstood') };
  }
  if (name === 'TypeError') {
    return { message: t('errors.network') };
  }
  return { message: (error as Error)?.message || t('errors.network'), code };
}

function hintOf(code: ErrorCode, t: Text): string | undefined {
  switch (code) {
    case 'not-eligible':
      return t('errors.hint.notEligible');
    case 'not-permitted':
      return t('errors.hint.notPermitted');
    case 'stale-scope':
      return t('errors.hint.staleScope');
    case 'conflict':
    case 'wrong-status':
    case 'already-decided':
      return t('errors.hint.conflict');
    case 'aws-unavailable':
    case 'broker-not-trusted':
    case 'broker-answer':
      return t('errors.hint.aws');
    case 'no-active-lease':
      return t('errors.hint.noActiveLease');
    case 'evidence-changed':
      return t('errors.hint.evidenceChanged');
    case 'evidence-incomplete':
      return t('errors.hint.evidenceIncomplete');
    case 'rate-limited':
      return t('errors.hint.rateLimited');
    case 'scope-drift':
    case 'issuing-stopped':
      return t('errors.hint.issuingStopped');
    default:
      return undefined;
  }
}
