import { Call, valuesUnder } from '../Call';
import { Effect, EffectOf, Effects, shortName } from '../effect';

/** Something that can be shared with accounts, or with everybody. */
interface Shared {
  noun: string;
  changes: string;
  /** Calls that end all sharing. */
  ends: string[];
  by: string;
  /** The accounts that a request adds and takes away. */
  added: (call: Call) => string[];
  taken: (call: Call) => string[];
}

const EVERYBODY = 'all';

/** EC2 lists `{add: {items: [{userId}, {group}]}}`. */
const ec2 = (attribute: string, change: 'add' | 'remove') => (call: Call) =>
  ['userId', 'group', 'organizationArn', 'organizationalUnitArn'].flatMap(
    name => valuesUnder(call.asked(attribute, change), name),
  );

const rds = (member: string) => (call: Call) => {
  const values = call.asked(member);
  return [values]
    .flat()
    .filter((each): each is string => typeof each === 'string');
};

const SHARED: Shared[] = [
  {
    noun: 'Snapshot',
    changes: 'ec2:ModifySnapshotAttribute',
    ends: ['ec2:ResetSnapshotAttribute', 'ec2:DeleteSnapshot'],
    by: 'snapshotId',
    added: ec2('createVolumePermission', 'add'),
    taken: ec2('createVolumePermission', 'remove'),
  },
  {
    noun: 'Image',
    changes: 'ec2:ModifyImageAttribute',
    ends: ['ec2:ResetImageAttribute', 'ec2:DeregisterImage'],
    by: 'imageId',
    added: ec2('launchPermission', 'add'),
    taken: ec2('launchPermission', 'remove'),
  },
  {
    noun: 'Database snapshot',
    changes: 'rds:ModifyDBSnapshotAttribute',
    ends: ['rds:DeleteDBSnapshot'],
    by: 'dBSnapshotIdentifier',
    added: rds('valuesToAdd'),
    taken: rds('valuesToRemove'),
  },
  {
    noun: 'Database cluster snapshot',
    changes: 'rds:ModifyDBClusterSnapshotAttribute',
    ends: ['rds:DeleteDBClusterSnapshot'],
    by: 'dBClusterSnapshotIdentifier',
    added: rds('valuesToAdd'),
    taken: rds('valuesToRemove'),
  },
  {
    noun: 'Document',
    changes: 'ssm:ModifyDocumentPermission',
    ends: ['ssm:DeleteDocument'],
    by: 'name',
    added: rds('accountIdsToAdd'),
    taken: rds('accountIdsToRemove'),
  },
];

/** Snapshots, images and documents that others can read, one item for each of them. */
export const sharing: Effects = Object.fromEntries(
  SHARED.flatMap(shared => [
    [shared.changes, changing(shared)] as const,
    ...shared.ends.map(event => [event, ending(shared)] as const),
  ]),
);

function changing(shared: Shared): EffectOf {
  return (call): Effect => {
    const path = pathOf(shared, call);
    const added = shared.added(call).filter(each => each !== call.accountId);
    return {
      removed: shared.taken(call).map(account => [...path, account]),
      made: added.map(account => ({
        kind: account === EVERYBODY ? 'exposure' : 'share',
        path: [...path, account],
        what: `${shared.noun} ${path[1]}, shared with ${
          account === EVERYBODY ? 'everybody' : `account ${account}`
        }`,
        resource: call.event.resources[0] ?? path[1],
      })),
    };
  };
}

function ending(shared: Shared): EffectOf {
  return call => ({ removed: [pathOf(shared, call)] });
}

function pathOf({ noun, by }: Shared, call: Call) {
  const name = call.text(by);
  return [
    noun,
    name === undefined ? `event ${call.event.eventId}` : shortName(name),
  ];
}
