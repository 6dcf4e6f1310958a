import { BreakGlassClient } from 'backstage-plugin-break-glass-common';
import { PortalSession } from '../Context';

/** A request as it went out. */
export interface SentRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: any;
}

/** A session whose portal answers what a test says; an array answers one after the other, the last again. */
export function stubSession(answers: Record<string, unknown | unknown[]>): {
  session: () => Promise<PortalSession>;
  sent: SentRequest[];
} {
  const sent: SentRequest[] = [];
  const left = Object.fromEntries(
    Object.entries(answers).map(([route, answer]) => [route, [answer].flat()]),
  );
  const answerTo = (url: string, init: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(url);
    const path = pathname.replace('/api/break-glass', '');
    const method = init.method ?? 'GET';
    sent.push({
      method,
      path,
      query: Object.fromEntries(searchParams),
      headers: init.headers as Record<string, string>,
      body: init.body && JSON.parse(String(init.body)),
    });
    const queue = left[`${method} ${path}`];
    const answer = queue?.length > 1 ? queue.shift() : queue?.[0];
    if (answer instanceof Error) throw answer;
    return answer instanceof Response
      ? answer.clone()
      : Response.json(answer ?? { error: {} }, { status: answer ? 200 : 404 });
  };
  const client = new BreakGlassClient({
    baseUrl: async () => 'https://portal.example.com/api/break-glass',
    fetch: async (input, init) => answerTo(String(input), init),
  });
  const session = async () => ({
    backendUrl: 'https://portal.example.com',
    userRef: 'user:default/mary',
    client,
  });
  return { session, sent };
}

/** An answer that is not OK, as Backstage writes it. */
export function refusal(
  status: number,
  message: string,
  code?: string,
): Response {
  return Response.json(
    {
      error: { name: 'Error', message, code },
      response: { statusCode: status },
    },
    { status },
  );
}
