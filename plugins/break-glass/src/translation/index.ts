export { breakGlassTranslationRef } from './ref';
export { useText } from './useText';
export type { Text } from './useText';
