import { AwsError } from '../../AwsError';
import { optionalText } from '../input';
import { Call, Operation } from '../Operation';
import { bucketName, findBucket, s3Operation } from './s3Operation';

const BUCKET_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const listBuckets: Operation = {
  readOnly: true,
  demands: () => [{ action: 's3:ListAllMyBuckets', resource: '*', label: '' }],
  run: ({ world, caller }) => ({
    output: {
      Owner: { ID: caller.accountId.padStart(64, '0') },
      Buckets: {
        Bucket: world.bucketsOf(caller.accountId).map(bucket => ({
          Name: bucket.name,
          CreationDate: new Date(bucket.createdAt).toISOString(),
        })),
      },
    },
  }),
  requestParameters: call => ({ Host: call.origin.host }),
};

function refuseTaken(call: Call): void {
  const existing = call.world.bucket(call.caller.partition, bucketName(call));
  if (!existing) return;
  throw existing.accountId === call.caller.accountId
    ? new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        409,
      )
    : new AwsError(
        'BucketAlreadyExists',
        'The requested bucket name is not available.',
        409,
      );
}

const createBucket = s3Operation({
  action: 'CreateBucket',
  creates: true,
  run: call => {
    const name = bucketName(call);
    if (!BUCKET_NAME.test(name)) {
      throw new AwsError(
        'InvalidBucketName',
        'The specified bucket is not valid.',
      );
    }
    refuseTaken(call);
    const region =
      optionalText(call.input, 'LocationConstraint') ?? call.region;
    call.world.addBucket(call.caller.account, name, region);
    return { payload: { headers: { location: `/${name}` } } };
  },
});

const deleteBucket = s3Operation({
  action: 'DeleteBucket',
  run: call => {
    const bucket = findBucket(call);
    if (bucket.objects.size > 0) {
      throw new AwsError(
        'BucketNotEmpty',
        'The bucket you tried to delete is not empty',
        409,
      );
    }
    call.world.removeBucket(bucket);
    return { payload: { status: 204 } };
  },
});

const headBucket = s3Operation({
  action: 'ListBucket',
  readOnly: true,
  dataEvent: true,
  run: call => ({
    payload: { headers: { 'x-amz-bucket-region': findBucket(call).region } },
  }),
});

const getBucketLocation = s3Operation({
  action: 'GetBucketLocation',
  readOnly: true,
  subresource: 'location',
  run: call => {
    const { region } = findBucket(call);
    const location = region === 'us-east-1' ? '' : region;
    return { output: { '#text': location } };
  },
});

/** The operations on buckets. */
export const bucketOperations: Record<string, Operation> = {
  ListBuckets: listBuckets,
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  HeadBucket: headBucket,
  GetBucketLocation: getBucketLocation,
};
