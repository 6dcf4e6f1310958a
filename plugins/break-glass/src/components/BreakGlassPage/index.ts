export { BreakGlassPage } from './BreakGlassPage';
export { BreakGlassRouter } from './BreakGlassRouter';
