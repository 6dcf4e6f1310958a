import { AwsError } from '../../AwsError';
import { Bucket } from '../../world/entities';
import { requiredText } from '../input';
import { Call, Operation, RecordedResource, Result } from '../Operation';

/** The `Bucket` of a call. */
export const bucketName = (call: Call) => requiredText(call.input, 'Bucket');

/** The `Key` of a call. */
export const objectKey = (call: Call) => requiredText(call.input, 'Key');

/** @throws AwsError `NoSuchBucket` */
export function findBucket(call: Call): Bucket {
  const bucket = call.world.bucket(call.caller.partition, bucketName(call));
  if (!bucket) {
    throw new AwsError(
      'NoSuchBucket',
      'The specified bucket does not exist',
      404,
    );
  }
  return bucket;
}

/** ARN of the called bucket, or of something in it. */
export function s3Arn(call: Call, key?: string): string {
  const bucket = `arn:${call.caller.partition}:s3:::${bucketName(call)}`;
  return key === undefined ? bucket : `${bucket}/${key}`;
}

/** What one S3 operation adds to what they all share. */
export interface S3Operation {
  /** The IAM action, without `s3:`. */
  action: string;
  readOnly?: boolean;
  /** Whether it acts on an object: then it is a data event, and the resource is the object. */
  object?: boolean;
  /** Bucket-level but recorded as a data event all the same. */
  dataEvent?: boolean;
  /** It makes a bucket, so that an existing one of this name has no say. */
  creates?: boolean;
  eventName?: string;
  /** The sub-resource as records show it, for example `policy`. */
  subresource?: string;
  context?(call: Call): Record<string, string | undefined>;
  /** More request parameters for the record. */
  parameters?(call: Call): Record<string, unknown>;
  run(call: Call): Result;
}

function recordedResources(call: Call, object: boolean): RecordedResource[] {
  const bucket = call.world.bucket(call.caller.partition, bucketName(call));
  // Where there is no such bucket, nobody owns it.
  if (!bucket) return [];
  const whole = {
    accountId: bucket.accountId,
    type: 'AWS::S3::Bucket',
    ARN: bucket.arn,
  };
  return object
    ? [{ type: 'AWS::S3::Object', ARN: s3Arn(call, objectKey(call)) }, whole]
    : [whole];
}

/** Makes an operation on a bucket or an object. The bucket's own policy has its say. */
export function s3Operation(spec: S3Operation): Operation {
  const object = spec.object === true;
  return {
    readOnly: spec.readOnly ?? false,
    dataEvent: object || spec.dataEvent,
    eventName: spec.eventName,
    demands: call => {
      const bucket = spec.creates
        ? undefined
        : call.world.bucket(call.caller.partition, bucketName(call));
      const resource = object ? s3Arn(call, objectKey(call)) : s3Arn(call);
      return [
        {
          action: `s3:${spec.action}`,
          resource,
          label: `"${resource}"`,
          resourcePolicy: {
            accountId: bucket?.accountId ?? call.caller.accountId,
            document: bucket?.policy.effective,
          },
          context: spec.context?.(call),
        },
      ];
    },
    run: spec.run,
    requestParameters: call => ({
      bucketName: bucketName(call),
      Host: call.origin.host,
      ...(object && { key: objectKey(call) }),
      ...(spec.subresource && { [spec.subresource]: '' }),
      ...spec.parameters?.(call),
    }),
    resources: call => recordedResources(call, object),
    region: call =>
      call.world.bucket(call.caller.partition, bucketName(call))?.region ??
      call.region,
  };
}
