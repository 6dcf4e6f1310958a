import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import { RouteDefinition } from '../contract/routeDefinition';
import { RouteName, routes } from '../contract/routes';

type Definition<N extends RouteName> = (typeof routes)[N];
type Input<D, K extends string> = D extends Record<K, infer S>
  ? S extends z.ZodType
    ? { [P in K]: z.input<S> }
    : {}
  : {};
type OptionalQuery<D> = D extends { query: infer S }
  ? S extends z.ZodType
    ? { query?: z.input<S> }
    : {}
  : {};

/** What a call of a route takes: its path parameters, query and body. */
export type RouteInput<N extends RouteName> = Input<Definition<N>, 'params'> &
  Input<Definition<N>, 'body'> &
  OptionalQuery<Definition<N>> & {
    signal?: AbortSignal;
    /** Repeating a request with the same key gives the first answer again. */
    idempotencyKey?: string;
  };

/** What a call of a route answers. */
export type RouteOutput<N extends RouteName> = z.output<
  Definition<N>['response']
>;

/** The `fetch` that signs requests, and what finds the backend. */
export interface BreakGlassClientOptions {
  /** Resolves to e.g. `http://localhost:7007/api/break-glass`. */
  baseUrl: () => Promise<string>;
  fetch: typeof fetch;
}

/**
 * Typed client of the HTTP API, for browser and Node.
 * Answers are checked against the contract.
 */
export class BreakGlassClient {
  constructor(private readonly options: BreakGlassClientOptions) {}

  /**
   * Calls one route.
   * @throws ResponseError where the answer is not OK; its `cause` carries the stable `code`.
   */
  async call<N extends RouteName>(
    name: N,
    input: RouteInput<N>,
  ): Promise<RouteOutput<N>> {
    const response = await this.fetchRoute(name, input);
    return routes[name].response.parse(await response.json()) as RouteOutput<N>;
  }

  /**
   * Calls one route and gives its answer unread: for those that are not JSON, such as an export.
   * @throws ResponseError where the answer is not OK; its `cause` carries the stable `code`.
   */
  async fetchRoute<N extends RouteName>(
    name: N,
    input: RouteInput<N>,
  ): Promise<Response> {
    const route: RouteDefinition = routes[name];
    const base = await this.options.baseUrl();
    const loose = input as {
      params?: Record<string, string>;
      query?: Record<string, unknown>;
      body?: unknown;
      signal?: AbortSignal;
      idempotencyKey?: string;
    };
    const response = await this.options.fetch(
      `${base}${fillPath(route.path, loose.params)}${toQuery(loose.query)}`,
      {
        method: route.method.toUpperCase(),
        signal: loose.signal,
        headers: {
          Accept: route.media ? '*/*' : 'application/json',
          ...(loose.body !== undefined && {
            'Content-Type': 'application/json',
          }),
          ...(loose.idempotencyKey && {
            'Idempotency-Key': loose.idempotencyKey,
          }),
        },
        ...(loose.body !== undefined && { body: JSON.stringify(loose.body) }),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function fillPath(path: string, params: Record<string, string> = {}): string {
  return path.replace(/:([a-zA-Z]+)/g, (_, key: string) =>
    encodeURIComponent(params[key]),
  );
}

function toQuery(query: Record<string, unknown> = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      search.set(key, String(value));
    }
  }
  const text = search.toString();
  return text && `?${text}`;
}
