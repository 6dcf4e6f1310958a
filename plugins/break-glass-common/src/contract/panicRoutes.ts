import {
  liftPanicSchema,
  panicListQuerySchema,
  panicListSchema,
  panicPathSchema,
  panicSchema,
  raisePanicSchema,
} from './panic';
import { RouteDefinition } from './routeDefinition';

/** Stopping everything of a person, an account, or all. */
export const panicRoutes = {
  raisePanic: {
    method: 'post',
    path: '/v1/panic',
    id: 'raisePanic',
    summary: 'Stop all issuing for a person, an account or all, and revoke',
    tag: 'panic',
    body: raisePanicSchema,
    response: panicSchema,
    status: 201,
  },
  listPanics: {
    method: 'get',
    path: '/v1/panic',
    id: 'listPanics',
    summary: 'What is stopped, and what was',
    tag: 'panic',
    query: panicListQuerySchema,
    response: panicListSchema,
  },
  liftPanic: {
    method: 'post',
    path: '/v1/panic/:id/lift',
    id: 'liftPanic',
    summary: 'Ask to lift a panic, or confirm it as a second responder',
    tag: 'panic',
    params: panicPathSchema,
    body: liftPanicSchema,
    response: panicSchema,
  },
} as const satisfies Record<string, RouteDefinition>;
