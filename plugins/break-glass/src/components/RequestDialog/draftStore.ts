import { Draft } from './draft';

/** Drafts of this page load, so that a closed dialog loses nothing. In memory only. */
const drafts = new Map<string, Draft>();

/** Where the draft of one role on one account is kept. */
export function draftKey(accountRef: string, roleId: string): string {
  return `${accountRef} ${roleId}`;
}

/** Drafts by {@link draftKey}. */
export const draftStore = {
  get: (key: string) => drafts.get(key),
  set: (key: string, draft: Draft) => {
    drafts.set(key, draft);
  },
  delete: (key: string) => {
    drafts.delete(key);
  },
};
