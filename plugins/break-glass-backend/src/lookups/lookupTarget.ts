import { LookupConfig } from '../config/types';
import { LookupTarget } from './boundedJson';

/** How a configured system is asked. */
export function lookupTarget(
  config: LookupConfig,
  more: { scheme?: string; headers?: Record<string, string> } = {},
): LookupTarget {
  const { baseUrl, timeoutMs, auth } = config;
  const authorization =
    auth.type === 'token'
      ? `${more.scheme ?? 'Bearer '}${auth.token}`
      : `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString(
          'base64',
        )}`;
  return {
    baseUrl,
    timeoutMs,
    headers: { Authorization: authorization, ...more.headers },
  };
}
