import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { breakGlassTranslationRef } from './ref';

/** The function that gives the text of a key in the person's language. */
export function useText() {
  return useTranslationRef(breakGlassTranslationRef).t;
}

/** See {@link useText}. */
export type Text = ReturnType<typeof useText>;
