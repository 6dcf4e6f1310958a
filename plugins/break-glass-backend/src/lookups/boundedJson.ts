/** Answers above this are not read to their end. */
const MAX_BYTES = 512 * 1024;

/** Where and how a system is asked. The address is the operator's, never a person's. */
export interface LookupTarget {
  baseUrl: string;
  /** Headers that sign the portal in. */
  headers: Record<string, string>;
  timeoutMs: number;
}

/** What a system answered. */
export interface LookupAnswer {
  status: number;
  /** Absent where there is none, or none that is JSON. */
  body?: unknown;
}

/**
 * Asks another system one question (pitfall 33): below its fixed base address, with
 * encoded segments, no redirect, bounded in time and size. What it answers goes
 * to nobody: callers pick what they need.
 *
 * @param segments - of the path below the base address; encoded here
 * @throws Error that names no address and no content
 */
export async function boundedJson(
  target: LookupTarget,
  segments: string[],
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<LookupAnswer> {
  if (segments.some(segment => /^\.{0,2}$/.test(segment))) {
    throw new Error('A segment of the address is no name');
  }
  const path = segments.map(encodeURIComponent).join('/');
  const url = `${target.baseUrl.replace(
    /\/$/,
    '',
  )}/${path}?${new URLSearchParams(query)}`;
  const response = await fetch(url, {
    headers: { Accept: 'application/json', ...target.headers },
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(target.timeoutMs)]),
  });
  const text = await readBounded(response);
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    return { status: response.status };
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) {
      throw new Error('The answer is too large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws Error where a system did not answer as it should. */
export function expectOk({ status }: LookupAnswer): void {
  if (status !== 200) {
    throw new Error(`The answer has the status ${status}`);
  }
}
