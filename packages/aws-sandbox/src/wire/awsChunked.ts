import { AwsError } from '../AwsError';

const incomplete = () =>
  new AwsError(
    'IncompleteBody',
    'The request body terminated unexpectedly',
    400,
  );

/**
 * Takes the data out of an `aws-chunked` body: `<hex size>[;extensions]\r\n<data>\r\n … 0\r\n<trailers>\r\n`.
 * @throws AwsError `IncompleteBody` when a chunk is cut or malformed
 */
export function decodeAwsChunked(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  while (at < body.length) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd < 0) throw incomplete();
    const size = /^([0-9a-fA-F]{1,8})(;.*)?$/.exec(
      body.toString('latin1', at, lineEnd),
    );
    if (!size) throw incomplete();
    const length = parseInt(size[1], 16);
    if (length === 0) return Buffer.concat(chunks);
    const start = lineEnd + 2;
    const end = start + length;
    if (body.toString('latin1', end, end + 2) !== '\r\n') throw incomplete();
    chunks.push(body.subarray(start, end));
    at = end + 2;
  }
  throw incomplete();
}
