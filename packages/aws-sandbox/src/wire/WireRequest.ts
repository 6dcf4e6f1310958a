import { IncomingMessage } from 'node:http';
import { AwsError } from '../AwsError';
import { ConnectionDropped } from './ConnectionDropped';

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** One HTTP request, read whole. */
export interface WireRequest {
  method: string;
  /** The path exactly as it was sent, still encoded. */
  rawPath: string;
  query: URLSearchParams;
  /** By lower-case name; repeated headers joined by `,`. */
  headers: Record<string, string>;
  body: Buffer;
  sourceIp: string;
}

async function* unbroken(request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* request;
  } catch {
    // The client went away: there is nobody left to answer.
    throw new ConnectionDropped();
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of unbroken(request)) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new AwsError(
        'EntityTooLarge',
        'Your proposed upload exceeds the maximum allowed size',
        413,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) {
      out[name] = Array.isArray(value) ? value.join(',') : value;
    }
  }
  return out;
}

/**
 * Reads a request whole.
 * @throws AwsError `EntityTooLarge` past 8 MiB
 */
export async function readRequest(
  request: IncomingMessage,
): Promise<WireRequest> {
  const url = request.url ?? '/';
  const cut = url.indexOf('?');
  return {
    method: request.method ?? 'GET',
    rawPath: cut < 0 ? url : url.slice(0, cut),
    query: new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1)),
    headers: flatHeaders(request),
    body: await readBody(request),
    sourceIp: (request.socket.remoteAddress ?? '127.0.0.1').replace(
      /^::ffff:/,
      '',
    ),
  };
}
