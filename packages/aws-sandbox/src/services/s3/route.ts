import { XMLParser } from 'fast-xml-parser';
import { AwsError } from '../../AwsError';
import { decodeAwsChunked } from '../../wire/awsChunked';
import { Input } from '../../wire/queryInput';
import { WireRequest } from '../../wire/WireRequest';

/** What an S3 request asks for. */
export interface S3Route {
  action: string;
  input: Input;
  payload?: Buffer;
}

/** Parameters that say nothing about what is asked. */
const HARMLESS = new Set(['x-id', 'x-amz-checksum-mode', 'max-buckets']);

const LISTING = new Set([
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
  'fetch-owner',
]);

const BUCKET: Record<string, string> = {
  'PUT ': 'CreateBucket',
  'DELETE ': 'DeleteBucket',
  'HEAD ': 'HeadBucket',
  'GET location': 'GetBucketLocation',
  'GET policy': 'GetBucketPolicy',
  'PUT policy': 'PutBucketPolicy',
  'DELETE policy': 'DeleteBucketPolicy',
};

const OBJECT: Record<string, string> = {
  'GET ': 'GetObject',
  'HEAD ': 'HeadObject',
  'PUT ': 'PutObject',
  'DELETE ': 'DeleteObject',
};

const notImplemented = () =>
  new AwsError(
    'NotImplemented',
    'A header or parameter you provided implies functionality that is not implemented by the sandbox',
    501,
  );

function decodePath(rawPath: string): { bucket?: string; key?: string } {
  try {
    const [, bucket, ...rest] = rawPath.split('/');
    const key = rest.map(decodeURIComponent).join('/');
    return {
      bucket: bucket ? decodeURIComponent(bucket) : undefined,
      key: key || undefined,
    };
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function payloadOf(request: WireRequest): Buffer {
  const { headers, body } = request;
  const hash = headers['x-amz-content-sha256'] ?? '';
  if (hash.startsWith('STREAMING-') && !hash.startsWith('STREAMING-UNSIGNED')) {
    throw notImplemented();
  }
  const chunked =
    hash.startsWith('STREAMING-') ||
    (headers['content-encoding'] ?? '').includes('aws-chunked');
  const data = chunked ? decodeAwsChunked(body) : body;
  const declared = headers['x-amz-decoded-content-length'];
  if (declared !== undefined && Number(declared) !== data.length) {
    throw new AwsError(
      'IncompleteBody',
      'You did not provide the number of bytes specified by the Content-Length HTTP header',
    );
  }
  return data;
}

function locationOf(body: Buffer): Input {
  if (body.length === 0) return {};
  const xml = new XMLParser({ processEntities: false }).parse(
    body.toString('utf8'),
  );
  const location = xml?.CreateBucketConfiguration?.LocationConstraint;
  return typeof location === 'string' && /^[a-z0-9-]{1,32}$/.test(location)
    ? { LocationConstraint: location }
    : {};
}

function subresource(query: URLSearchParams, listing: boolean): string {
  const names = [...query.keys()].filter(
    name => !HARMLESS.has(name) && !(listing && LISTING.has(name)),
  );
  if (names.length > 1) throw notImplemented();
  return names[0] ?? '';
}

function bucketRoute(request: WireRequest, bucket: string): S3Route {
  const { method, query } = request;
  const input: Input = { Bucket: bucket };
  const listing = method === 'GET';
  const which = subresource(query, listing);
  if (listing && which === '') {
    for (const name of LISTING) {
      const value = query.get(name);
      if (value !== null) input[name] = value;
    }
    return { action: 'ListObjectsV2', input };
  }
  const action = BUCKET[`${method} ${which}`];
  if (!action) throw notImplemented();
  const payload = payloadOf(request);
  if (action === 'CreateBucket') Object.assign(input, locationOf(payload));
  return { action, input, payload };
}

/**
 * Reads an S3 request in path style.
 * @throws AwsError `NotImplemented` for anything the sandbox does not do, rather than doing something similar
 */
export function routeS3(request: WireRequest): S3Route {
  const { bucket, key } = decodePath(request.rawPath);
  if (!bucket) {
    if (request.method !== 'GET') throw notImplemented();
    return { action: 'ListBuckets', input: {} };
  }
  if (key === undefined) return bucketRoute(request, bucket);
  const action =
    OBJECT[`${request.method} ${subresource(request.query, false)}`];
  if (!action || request.headers['x-amz-copy-source']) throw notImplemented();
  const input: Input = { Bucket: bucket, Key: key };
  const type = request.headers['content-type'];
  if (type) input.ContentType = type;
  return {
    action,
    input,
    payload: action === 'PutObject' ? payloadOf(request) : undefined,
  };
}
