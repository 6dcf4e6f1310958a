import { Call } from '../Call';
import { Effect, Effects, Path, pairs } from '../effect';

const OPEN_ACL =
  /"public-read|acs\.amazonaws\.com\/groups\/global\/(AllUsers|AuthenticatedUsers)/;

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
      makes: ['lambda:CreateFunctionUrlConfig'],
      removes: ['lambda:DeleteFunctionUrlConfig'],
      by: ['functionName'],
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
  's3:DeleteObject': call => ({ removed: [aclPath(call)] }),
  's3:DeleteBucket': call => ({
    removed: [blockPath(call), aclPath(call)],
  }),
  'rds:CreateDBInstance': databaseAddress,
  'rds:ModifyDBInstance': databaseAddress,
  'rds:DeleteDBInstance': call => ({ removed: [databasePath(call)] }),
};

/** Taken off in part is taken off. */
function publicAccessBlock(call: Call): Effect {
  const settings = JSON.stringify(call.request ?? null);
  return /:\s*"?false/i.test(settings)
    ? blockTakenOff(call)
    : { removed: [blockPath(call)] };
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
  if (!OPEN_ACL.test(JSON.stringify(call.request ?? null))) {
    return { removed: [path] };
  }
  const name = path.slice(1).join('/');
  return {
    made: [
      {
        kind: 'exposure',
        path,
        what: `Access of everybody to ${name}`,
        resource: call.event.resources[0] ?? name,
      },
    ],
  };
}

function aclPath(call: Call): Path {
  const key = call.text('key');
  const bucket = call.text('bucketName') ?? `event ${call.event.eventId}`;
  return key === undefined ? ['acl', bucket] : ['acl', bucket, key];
}

function databaseAddress(call: Call): Effect {
  const path = databasePath(call);
  switch (call.asked('publiclyAccessible')) {
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
