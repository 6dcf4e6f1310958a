import type { AccountSummary } from 'backstage-plugin-break-glass-common';

/** A reference of an account entity in its parts. */
export interface AccountPath {
  kind: string;
  namespace: string;
  name: string;
}

/** Reference of an account entity; kind and namespace may be left out of it. */
const REF = /^(?:([a-z]+):)?(?:([a-z0-9._-]+)\/)?([a-z0-9._-]+)$/i;

/** The parts of `resource:default/payroll`, `team/payroll` or `payroll`; undefined where a text is no reference. */
export function parseAccountRef(text: string): AccountPath | undefined {
  const [, kind = 'resource', namespace = 'default', name] =
    REF.exec(text) ?? [];
  return name ? { kind, namespace, name } : undefined;
}

/** Whether a text is a reference with nothing left out, which stands in a command as it is. */
export function isFullRef(text: string): boolean {
  return /:.+\//.test(text) && parseAccountRef(text) !== undefined;
}

/** A reference as people type it: without what is left out of it by default. */
export function shortRef(ref: string): string {
  return ref.replace(/^resource:(default\/)?/, '');
}

/**
 * Whether a text means an account, and can mean no other one.
 *
 * @param text - 12-digit id, or entity reference with nothing left out
 */
export function isExactly(
  account: Pick<AccountSummary, 'ref' | 'accountId'>,
  text: string,
): boolean {
  return (
    text === account.accountId ||
    text.toLowerCase() === account.ref.toLowerCase()
  );
}

/**
 * Whether a person means an account.
 *
 * @param text - name, title, 12-digit id or entity reference
 */
export function isMeant(
  account: Pick<AccountSummary, 'ref' | 'title' | 'accountId'>,
  text: string,
): boolean {
  const ref = account.ref.toLowerCase();
  return [
    account.accountId,
    account.title.toLowerCase(),
    ref,
    ref.split(':')[1],
    ref.split('/')[1],
  ].includes(text.toLowerCase());
}
