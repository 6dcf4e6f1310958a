import { AwsError } from '../../AwsError';
import { Snapshot } from '../../world/entities';
import { Input } from '../../wire/queryInput';
import { list, objects, optionalText, requiredText } from '../input';
import { Call, Demand, Operation } from '../Operation';

const VOLUME = /^vol-[0-9a-f]{8,17}$/;
/** In GiB. */
const VOLUME_SIZE = '8';
const MAX_SNAPSHOTS = 200;

const idOf = (call: Call) =>
  requiredText(call.input, 'SnapshotId', { max: 32 });
const volumeOf = (call: Call) =>
  requiredText(call.input, 'VolumeId', { max: 32 });

function onSnapshot(call: Call, action: string, id: string): Demand[] {
  const { caller, region } = call;
  return [
    {
      action: `ec2:${action}`,
      // Snapshots' ARNs have no account.
      resource: `arn:${caller.partition}:ec2:${region}::snapshot/${id}`,
    },
  ];
}

/** @throws AwsError `InvalidSnapshot.NotFound` */
function findSnapshot(call: Call): Snapshot {
  const id = idOf(call);
  const found = call.caller.account.snapshots.get(id);
  if (!found) {
    throw new AwsError(
      'InvalidSnapshot.NotFound',
      `The snapshot '${id}' does not exist.`,
    );
  }
  return found;
}

const describe = (snapshot: Snapshot, call: Call) => ({
  snapshotId: snapshot.id,
  volumeId: snapshot.volumeId,
  status: 'completed',
  startTime: new Date(snapshot.startedAt).toISOString(),
  progress: '100%',
  ownerId: call.caller.accountId,
  volumeSize: VOLUME_SIZE,
  description: snapshot.description,
  encrypted: false,
});

const createSnapshot: Operation = {
  readOnly: false,
  demands: call => onSnapshot(call, 'CreateSnapshot', '*'),
  run: call => {
    const volumeId = volumeOf(call);
    const { snapshots } = call.caller.account;
    if (!VOLUME.test(volumeId)) {
      throw new AwsError(
        'InvalidVolume.NotFound',
        `The volume '${volumeId}' does not exist.`,
      );
    }
    if (snapshots.size >= MAX_SNAPSHOTS) {
      throw new AwsError(
        'SnapshotLimitExceeded',
        'You have reached your limit of snapshots.',
      );
    }
    const snapshot: Snapshot = {
      id: `snap-0${call.world.identifiers.hex(16)}`,
      volumeId,
      description: optionalText(call.input, 'Description', { max: 255 }) ?? '',
      startedAt: call.now,
      sharedWith: new Set(),
    };
    snapshots.set(snapshot.id, snapshot);
    const output = { ...describe(snapshot, call), status: 'pending' };
    const { progress, ...shown } = output;
    return {
      output,
      responseElements: {
        requestId: call.requestId,
        ...shown,
        startTime: call.now,
      },
    };
  },
  requestParameters: call => {
    const description = optionalText(call.input, 'Description');
    return { volumeId: volumeOf(call), ...(description && { description }) };
  },
};

/** Who is added or removed: account ids, or `all` for everybody. */
function people(call: Call, change: 'Add' | 'Remove'): string[] {
  const permission = call.input.CreateVolumePermission;
  const changes =
    typeof permission === 'object' && !Array.isArray(permission)
      ? objects(permission as Input, change)
      : [];
  return changes.map(({ UserId, Group }) => {
    const everybody = Group === 'all';
    if (!everybody && !/^\d{12}$/.test(String(UserId))) {
      throw new AwsError(
        'InvalidParameterValue',
        'CreateVolumePermission must name accounts of 12 digits, or the group all',
      );
    }
    return everybody ? 'all' : String(UserId);
  });
}

const shownPeople = (names: string[]) => ({
  items: names.map(name =>
    name === 'all' ? { group: 'all' } : { userId: name },
  ),
});

const modifySnapshotAttribute: Operation = {
  readOnly: false,
  demands: call => onSnapshot(call, 'ModifySnapshotAttribute', idOf(call)),
  run: call => {
    const { sharedWith } = findSnapshot(call);
    const added = people(call, 'Add');
    const removed = people(call, 'Remove');
    if (added.length + removed.length === 0) {
      throw new AwsError(
        'MissingParameter',
        'The request must contain the parameter CreateVolumePermission',
      );
    }
    added.forEach(name => sharedWith.add(name));
    removed.forEach(name => sharedWith.delete(name));
    return {
      output: { return: true },
      responseElements: { requestId: call.requestId, _return: true },
    };
  },
  requestParameters: call => {
    const added = people(call, 'Add');
    const removed = people(call, 'Remove');
    return {
      snapshotId: idOf(call),
      createVolumePermission: {
        ...(added.length && { add: shownPeople(added) }),
        ...(removed.length && { remove: shownPeople(removed) }),
      },
      attributeType: 'CREATE_VOLUME_PERMISSION',
    };
  },
};

const deleteSnapshot: Operation = {
  readOnly: false,
  demands: call => onSnapshot(call, 'DeleteSnapshot', idOf(call)),
  run: call => {
    call.caller.account.snapshots.delete(findSnapshot(call).id);
    return {
      output: { return: true },
      responseElements: { requestId: call.requestId, _return: true },
    };
  },
  requestParameters: call => ({ snapshotId: idOf(call), force: false }),
};

const describeSnapshots: Operation = {
  readOnly: true,
  demands: () => [
    { action: 'ec2:DescribeSnapshots', resource: '*', label: '' },
  ],
  run: call => {
    const all = [...call.caller.account.snapshots.values()];
    const ids = list(call.input, 'SnapshotId').map(String);
    const chosen = all.filter(({ id }) => !ids.length || ids.includes(id));
    return {
      output: { snapshotSet: chosen.map(found => describe(found, call)) },
    };
  },
  requestParameters: () => ({ snapshotSet: {}, filterSet: {} }),
};

/** The operations on snapshots: data that can be given away. */
export const snapshotOperations: Record<string, Operation> = {
  CreateSnapshot: createSnapshot,
  DeleteSnapshot: deleteSnapshot,
  DescribeSnapshots: describeSnapshots,
  ModifySnapshotAttribute: modifySnapshotAttribute,
};
