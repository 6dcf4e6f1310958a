import { AwsError } from '../../AwsError';
import { Bucket, StoredObject } from '../../world/entities';
import { optionalInteger, optionalText } from '../input';
import { Call, Operation, Result } from '../Operation';
import { bucketName, findBucket, objectKey, s3Operation } from './s3Operation';

const MAX_KEYS = 1_000;

interface Listing {
  contents: string[];
  prefixes: string[];
  next?: string;
}

function listKeys(bucket: Bucket, call: Call): Listing {
  const prefix = optionalText(call.input, 'prefix') ?? '';
  const delimiter = optionalText(call.input, 'delimiter');
  const after =
    optionalText(call.input, 'continuation-token') ??
    optionalText(call.input, 'start-after') ??
    '';
  const limits = { min: 0, max: 2_147_483_647 };
  const max = Math.min(
    optionalInteger(call.input, 'max-keys', limits) ?? MAX_KEYS,
    MAX_KEYS,
  );
  const groups = new Map<string, 'key' | 'prefix'>();
  for (const key of [...bucket.objects.keys()].sort()) {
    if (key.startsWith(prefix)) {
      const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
      if (cut < 0) groups.set(key, 'key');
      else groups.set(key.slice(0, cut + delimiter!.length), 'prefix');
    }
  }
  const entries = [...groups].filter(([name]) => name > after);
  const page = entries.slice(0, max);
  const of = (kind: string) =>
    page.filter(([, k]) => k === kind).map(([name]) => name);
  return {
    contents: of('key'),
    prefixes: of('prefix'),
    next: entries.length > page.length ? page.at(-1)?.[0] : undefined,
  };
}

const listObjects = s3Operation({
  action: 'ListBucket',
  readOnly: true,
  dataEvent: true,
  eventName: 'ListObjects',
  context: call => ({
    's3:prefix': optionalText(call.input, 'prefix'),
    's3:delimiter': optionalText(call.input, 'delimiter'),
  }),
  parameters: call => ({
    'list-type': '2',
    ...(call.input.prefix !== undefined && { prefix: call.input.prefix }),
  }),
  run: call => {
    const bucket = findBucket(call);
    const { contents, prefixes, next } = listKeys(bucket, call);
    return {
      output: {
        Name: bucketName(call),
        Prefix: optionalText(call.input, 'prefix') ?? '',
        KeyCount: contents.length + prefixes.length,
        MaxKeys: MAX_KEYS,
        IsTruncated: next !== undefined,
        NextContinuationToken: next,
        Contents: contents.map(key => {
          const object = bucket.objects.get(key)!;
          return {
            Key: key,
            LastModified: new Date(object.modifiedAt).toISOString(),
            ETag: object.etag,
            Size: object.body.length,
            StorageClass: 'STANDARD',
          };
        }),
        CommonPrefixes: prefixes.map(prefix => ({ Prefix: prefix })),
      },
    };
  },
});

function findObject(call: Call): StoredObject {
  const object = findBucket(call).objects.get(objectKey(call));
  if (!object) {
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  }
  return object;
}

function objectAnswer(object: StoredObject, withBody: boolean): Result {
  return {
    payload: {
      headers: {
        'content-type': object.contentType,
        'content-length': String(object.body.length),
        'last-modified': new Date(object.modifiedAt).toUTCString(),
        'accept-ranges': 'none',
        etag: object.etag,
      },
      body: withBody ? object.body : undefined,
    },
  };
}

const getObject = s3Operation({
  action: 'GetObject',
  readOnly: true,
  object: true,
  run: call => objectAnswer(findObject(call), true),
});

const headObject = s3Operation({
  action: 'GetObject',
  readOnly: true,
  object: true,
  run: call => objectAnswer(findObject(call), false),
});

const putObject = s3Operation({
  action: 'PutObject',
  object: true,
  run: call => {
    const object = call.world.storedObject(
      call.payload ?? Buffer.alloc(0),
      optionalText(call.input, 'ContentType') ?? 'binary/octet-stream',
    );
    findBucket(call).objects.set(objectKey(call), object);
    return { payload: { headers: { etag: object.etag } } };
  },
});

const deleteObject = s3Operation({
  action: 'DeleteObject',
  object: true,
  run: call => {
    findBucket(call).objects.delete(objectKey(call));
    return { payload: { status: 204 } };
  },
});

/** The operations on objects. */
export const objectOperations: Record<string, Operation> = {
  ListObjectsV2: listObjects,
  GetObject: getObject,
  HeadObject: headObject,
  PutObject: putObject,
  DeleteObject: deleteObject,
};
