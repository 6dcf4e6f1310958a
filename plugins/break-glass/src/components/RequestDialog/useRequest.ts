import {
  AccountDetail,
  AccountRole,
  LeaseDetail,
} from 'backstage-plugin-break-glass-common';
import { useCallback, useRef, useState } from 'react';
import { useDebounce } from 'react-use';
import { useBreakGlassAction } from '../../hooks/useBreakGlassAction';
import { useBreakGlassQuery } from '../../hooks/useBreakGlassQuery';
import { Draft, emptyDraft, previewBody, requestBody } from './draft';
import { draftKey, draftStore } from './draftStore';
import { newIdempotencyKey } from './idempotencyKey';

const PAUSE_MS = 350;

/** The draft of one role on one account, kept when the dialog closes. */
export function useDraft(account: AccountDetail, role: AccountRole) {
  const key = draftKey(account.ref, role.id);
  const [draft, setDraft] = useState<Draft>(
    () => draftStore.get(key) ?? emptyDraft(role),
  );
  const change = useCallback(
    (part: Partial<Draft>) =>
      setDraft(old => {
        const next = { ...old, ...part };
        draftStore.set(key, next);
        return next;
      }),
    [key],
  );
  const forget = useCallback(() => draftStore.delete(key), [key]);
  return { draft, change, forget };
}

/** The server's dry run of the draft; `fresh` when it is about what is in the form now. */
export function usePreview(
  draft: Draft,
  account: AccountDetail,
  role: AccountRole,
) {
  const body = previewBody(draft, account, role);
  const [asked, setAsked] = useState(body);
  const same = JSON.stringify(asked) === JSON.stringify(body);
  useDebounce(() => setAsked(body), PAUSE_MS, [JSON.stringify(body)]);
  const query = useBreakGlassQuery(
    'previewLease',
    { body: asked },
    { keepPrevious: true },
  );
  return {
    preview: query.data,
    fresh: same && !query.loading && query.error === undefined,
    error: query.error,
    refetch: query.refetch,
  };
}

/** Sends the request; sending the same again after an error cannot make a second lease. */
export function useSubmit(
  draft: Draft,
  account: AccountDetail,
  role: AccountRole,
) {
  const { run, busy, error } = useBreakGlassAction('requestLease');
  const sent = useRef<{ body: string; key: string }>();
  const submit = async (): Promise<LeaseDetail | undefined> => {
    const body = requestBody(draft, account, role);
    if (!body) {
      return undefined;
    }
    const text = JSON.stringify(body);
    if (sent.current?.body !== text) {
      sent.current = { body: text, key: newIdempotencyKey() };
    }
    return run({ body, idempotencyKey: sent.current.key });
  };
  return { submit, busy, error };
}
