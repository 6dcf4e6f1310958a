export * from './BreakGlassClient';
export * from './errorCode';
