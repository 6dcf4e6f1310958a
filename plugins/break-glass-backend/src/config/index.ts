export * from './types';
export { readBreakGlassConfig } from './readConfig';
export type { ReadConfigOptions } from './readConfig';
