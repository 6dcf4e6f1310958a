import { z } from 'zod';

/** One HTTP route: the same object validates, documents and types it. */
export interface RouteDefinition {
  method: 'get' | 'post';
  /** Under `/api/break-glass`, with Express parameters. */
  path: string;
  /** OpenAPI operation id. */
  id: string;
  summary: string;
  tag:
    | 'accounts'
    | 'leases'
    | 'sessions'
    | 'activity'
    | 'reviews'
    | 'unbrokered'
    | 'panic'
    | 'audit';
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  response: z.ZodType;
  status?: 200 | 201 | 202;
  /** Media type of the answer where it is not JSON. */
  media?: 'text/csv' | 'application/jsonl';
}
