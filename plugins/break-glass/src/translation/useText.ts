import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { breakGlassTranslationRef } from './ref';

/** Gives the text of a key in the person's language. */
export type Text = TranslationFunction<typeof breakGlassTranslationRef.T>;

/** The {@link Text} of this plugin. */
export function useText(): Text {
  return useTranslationRef(breakGlassTranslationRef).t;
}
