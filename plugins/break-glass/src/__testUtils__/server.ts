import { RouteName, routes } from 'backstage-plugin-break-glass-common';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { histogram } from './timeline';
import { understanding } from './understanding';

/** Where the tests' backend answers. */
export const BASE_URL = 'http://localhost/api/break-glass';

/** A call that arrived at the tests' backend. */
export interface SeenCall {
  route: RouteName;
  params: Record<string, string>;
  query: Record<string, string>;
  body: any;
  headers: Headers;
}

/** What a route answers: a body (text where it is not JSON), or an error by its status, code and message. */
export type Answer =
  | string
  | object
  | ((call: SeenCall) => object | Promise<object>)
  | Refusal;

/** An answer that is not OK, in Backstage's shape. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly message: string,
  ) {}
}

/** What a page shows beside its subject: nothing, unless a test says otherwise. */
const BESIDE: Partial<Record<RouteName, object>> = {
  listUnbrokered: { items: [] },
  listFollowUps: { items: [] },
  getHistogram: histogram([]),
  getUnderstanding: understanding(),
};

/** A backend over HTTP for one test file; it refuses routes that a test does not expect. */
export function testBackend() {
  const server = setupServer(
    ...Object.entries(BESIDE).map(([route, answer]) =>
      http.get(`${BASE_URL}${routes[route as RouteName].path}`, () =>
        HttpResponse.json(answer),
      ),
    ),
  );
  const calls: SeenCall[] = [];
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => {
    server.resetHandlers();
    calls.length = 0;
  });
  afterAll(() => server.close());

  const on = (route: RouteName, answer: Answer) => {
    const { method, path } = routes[route];
    server.use(
      http[method](`${BASE_URL}${path}`, async ({ request, params }) => {
        const url = new URL(request.url);
        const text = await request.text();
        const call: SeenCall = {
          route,
          params: params as Record<string, string>,
          query: Object.fromEntries(url.searchParams),
          body: text ? JSON.parse(text) : undefined,
          headers: request.headers,
        };
        calls.push(call);
        const given =
          typeof answer === 'function' ? await answer(call) : answer;
        if (given instanceof Refusal) {
          return refuse(given);
        }
        return typeof given === 'string'
          ? HttpResponse.text(given)
          : HttpResponse.json(given);
      }),
    );
  };
  const seen = (route: RouteName) => calls.filter(call => call.route === route);
  return { on, seen };
}

function refuse({ status, code, message }: Refusal) {
  return HttpResponse.json(
    {
      error: { name: 'ConflictError', message, code },
      response: { statusCode: status },
    },
    { status },
  );
}
