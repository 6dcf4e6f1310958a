import { createServer, IncomingMessage, ServerResponse } from 'http';
import { AddressInfo } from 'net';

/** Stands in for a system of others, on loopback, with answers of its wire format. */
export interface JsonServer {
  url: string;
  /** Every question, as `path?query`. */
  asked: string[];
  headers: IncomingMessage['headers'][];
  /** Answers from now on; a function answers by hand. */
  answer(
    answers:
      | Record<string, unknown>
      | ((path: string, out: ServerResponse) => void),
  ): void;
  stop(): Promise<void>;
}

/** Starts it: answers by path, 404 for others. */
export async function startJsonServer(): Promise<JsonServer> {
  let answers: Parameters<JsonServer['answer']>[0] = {};
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    asked.push(decodeURIComponent(request.url!));
    headers.push(request.headers);
    const path = request.url!.split('?')[0];
    if (typeof answers === 'function') {
      answers(path, response);
      return;
    }
    const found = Object.hasOwn(answers, path);
    response.writeHead(found ? 200 : 404, {
      'Content-Type': 'application/json',
    });
    response.end(JSON.stringify(found ? answers[path] : { error: 'none' }));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    headers,
    answer: given => {
      answers = given;
    },
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
