import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Person } from './people';
import { renderErrorPage, renderPickPersonPage } from './pages';

const INTERACTION_PATH = /^\/interaction\/[\w-]+$/;
const MAXIMUM_FORM_BYTES = 4096;

/** Whether a request is for the page on which people say who they are. */
export function isInteraction(path: string): boolean {
  return INTERACTION_PATH.test(path);
}

/**
 * Shows the page on GET and signs the chosen person in on POST. The provider's own cookie, which only the
 * browser that started the sign-in holds, decides which sign-in is meant.
 */
export async function handleInteraction(
  provider: Provider,
  people: Person[],
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  try {
    await provider.interactionDetails(req, res);
  } catch {
    sendPage(res, 400, renderErrorPage('This sign-in has expired.'));
    return;
  }
  if (req.method === 'GET') {
    sendPage(res, 200, renderPickPersonPage(people));
  } else if (req.method === 'POST') {
    await signIn(provider, people, req, res);
  } else {
    res.setHeader('Allow', 'GET, POST');
    sendPage(res, 405, renderErrorPage('This page is only read or submitted.'));
  }
}

async function signIn(
  provider: Provider,
  people: Person[],
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const form = await readForm(req);
  const person = people.find(({ name }) => name === form?.get('person'));
  if (!person) {
    sendPage(res, 400, renderErrorPage('Nobody of that name can sign in.'));
    return;
  }
  await provider.interactionFinished(req, res, {
    login: { accountId: person.name, remember: false },
  });
}

async function readForm(
  req: IncomingMessage,
): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > MAXIMUM_FORM_BYTES) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function sendPage(res: ServerResponse, status: number, html: string): void {
  res.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
  res.end(html);
}
