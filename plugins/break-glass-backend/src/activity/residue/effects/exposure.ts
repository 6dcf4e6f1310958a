import { member } from '../../cloudTrailRecord';
import { Call } from '../Call';
import { Effect, Effects, Path, pairs } from '../effect';
import { qualifierOf } from '../functionQualifier';

const OPEN_ACL =
  /"(public-read|authenticated-read")|acs\.amazonaws\.com\/groups\/global\/(AllUsers|AuthenticatedUsers)/;

/** Access lists can be given as headers, to anybody: whose id one names cannot be told from it. */
const GRANTING_HEADER = /"x-amz-grant-/i;

/** What stands open to everybody on the internet, or is no longer kept from it. */
export const exposure: Effects = {
  ...pairs([
    {
      kind: 'exposure',
      type: 'website',
      makes: ['s3:PutBucketWebsite'],
      removes: ['s3:DeleteBucketWebsite', 's3:DeleteBucket'],
      by: ['bucketName'],
      what: ([bucket]) => `Website of bucket ${bucket}`,
    },
    {
      kind: 'exposure',
      type: 'function-url',
      makes: [
        'lambda:CreateFunctionUrlConfig',
        'lambda:UpdateFunctionUrlConfig',
      ],
      removes: ['lambda:DeleteFunctionUrlConfig'],
      by: ['functionName', qualifierOf],
      what: ([name]) => `Address of function ${name} on the internet`,
    },
    {
      kind: 'exposure',
      type: 'image-public-block',
      makes: ['ec2:DisableImageBlockPublicAccess'],
      removes: ['ec2:EnableImageBlockPublicAccess'],
      by: [],
      what: () => 'Images, which may be made public now',
    },
    {
      kind: 'exposure',
      type: 'snapshot-public-block',
      makes: ['ec2:DisableSnapshotBlockPublicAccess'],
      removes: ['ec2:EnableSnapshotBlockPublicAccess'],
      by: [],
      what: () => 'Snapshots, which may be made public now',
    },
    {
      kind: 'exposure',
      type: 'serial-console',
      makes: ['ec2:EnableSerialConsoleAccess'],
      removes: ['ec2:DisableSerialConsoleAccess'],
      by: [],
      what: () => 'Serial console of instances',
    },
  ]),
  's3:PutBucketPublicAccessBlock': publicAccessBlock,
  's3:PutPublicAccessBlock': publicAccessBlock,
  's3:PutAccountPublicAccessBlock': publicAccessBlock,
  's3:DeleteBucketPublicAccessBlock': blockTakenOff,
  's3:DeletePublicAccessBlock': blockTakenOff,
  's3:DeleteAccountPublicAccessBlock': blockTakenOff,
  's3:PutBucketAcl': acl,
  's3:PutObjectAcl': acl,
  's3:PutObject': acl,
  's3:CopyObject': acl,
  's3:CreateMultipartUpload': acl,
  's3:CreateBucket': acl,
  's3:DeleteObject': call => ({ removed: [aclPath(call)] }),
  's3:DeleteBucket': call => ({
    removed: [blockPath(call), ['acl', bucketOf(call)]],
  }),
  'rds:CreateDBInstance': newDatabaseAddress,
  'rds:CreateDBInstanceReadReplica': newDatabaseAddress,
  'rds:RestoreDBInstanceFromDBSnapshot': newDatabaseAddress,
  'rds:RestoreDBInstanceFromS3': newDatabaseAddress,
  'rds:RestoreDBInstanceToPointInTime': newDatabaseAddress,
  'rds:ModifyDBInstance': databaseAddress,
  'rds:DeleteDBInstance': call => ({ removed: [databasePath(call)] }),
};

const BLOCKS = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
];

/** Taken off in part is taken off: AWS takes a setting that is left out for off. */
function publicAccessBlock(call: Call): Effect {
  const settings = JSON.stringify(call.request ?? null);
  const isOn = (name: string) =>
    new RegExp(`"${name}":"?true\\b`, 'i').test(settings);
  return BLOCKS.every(isOn)
    ? { removed: [blockPath(call)] }
    : blockTakenOff(call);
}

function blockTakenOff(call: Call): Effect {
  const bucket = call.text('bucketName');
  const what =
    bucket === undefined ? 'the buckets of the account' : `bucket ${bucket}`;
  return {
    made: [
      {
        kind: 'exposure',
        path: blockPath(call),
        what: `Access from the internet to ${what}, which is not blocked any more`,
        resource: call.event.resources[0] ?? what,
      },
    ],
  };
}

function blockPath(call: Call): Path {
  return ['public-access-block', call.text('bucketName') ?? 'account'];
}

function acl(call: Call): Effect {
  const path = aclPath(call);
  const request = JSON.stringify(call.request ?? null);
  const isOpen = OPEN_ACL.test(request);
  if (!isOpen && !GRANTING_HEADER.test(request)) {
    return { removed: [path] };
  }
  const key = call.text('key');
  const bucket = bucketOf(call);
  const name = key === undefined ? bucket : `${bucket}/${key}`;
  return {
    made: [
      {
        kind: isOpen ? 'exposure' : 'share',
        path,
        what: `Access of ${isOpen ? 'everybody' : 'others'} to ${name}`,
        resource: call.event.resources[0] ?? name,
      },
    ],
  };
}

/** The bucket's own list and those of its objects do not change each other. */
function aclPath(call: Call): Path {
  const key = call.text('key');
  return key === undefined
    ? ['acl', bucketOf(call), 'bucket']
    : ['acl', bucketOf(call), 'object', key, call.text('versionId') ?? ''];
}

function bucketOf(call: Call): string {
  return call.text('bucketName') ?? `event ${call.event.eventId}`;
}

/** Where the request leaves it to AWS, the answer says what AWS chose. */
function newDatabaseAddress(call: Call): Effect {
  return addressOf(
    call,
    call.asked('publiclyAccessible') ??
      member(call.response, 'publiclyAccessible'),
  );
}

function databaseAddress(call: Call): Effect {
  return addressOf(call, call.asked('publiclyAccessible'));
}

function addressOf(call: Call, isPublic: unknown): Effect {
  const path = databasePath(call);
  switch (isPublic) {
    case true:
      return {
        made: [
          {
            kind: 'exposure',
            path,
            what: `Address of database ${path[1]} on the internet`,
            resource: path[1],
          },
        ],
      };
    case false:
      return { removed: [path] };
    default:
      return {};
  }
}

function databasePath(call: Call): Path {
  return [
    'database-address',
    call.text('dBInstanceIdentifier') ?? `event ${call.event.eventId}`,
  ];
}
