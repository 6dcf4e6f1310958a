import { AwsError } from '../../AwsError';
import { Instance } from '../../world/entities';
import { list, objects, optionalInteger, requiredText } from '../input';
import { roleArnOf } from '../iam/names';
import { Call, Demand, Operation, Service } from '../Operation';
import { snapshotOperations } from './snapshots';

const MAX_INSTANCES = 20;
const COUNT = { min: 1, max: MAX_INSTANCES };

function describe(instance: Instance, call: Call) {
  const pending = instance.state === 'pending';
  return {
    instanceId: instance.id,
    imageId: instance.imageId,
    instanceState: { code: pending ? 0 : 16, name: instance.state },
    instanceType: instance.type,
    launchTime: new Date(instance.launchedAt).toISOString(),
    placement: { availabilityZone: `${call.region}a` },
    tagSet: instance.name ? [{ key: 'Name', value: instance.name }] : [],
  };
}

const reservation = (instances: Instance[], call: Call) => ({
  reservationId: instances[0].reservationId,
  ownerId: call.caller.accountId,
  groupSet: [],
  instancesSet: instances.map(instance => describe(instance, call)),
});

function chosenInstances(call: Call): Instance[] {
  const { account } = call.caller;
  const here = call.region === account.region;
  const all = here ? [...account.instances.values()] : [];
  const ids = list(call.input, 'InstanceId').map(String);
  const missing = ids.find(id => !all.some(instance => instance.id === id));
  if (missing !== undefined) {
    throw new AwsError(
      'InvalidInstanceID.NotFound',
      `The instance ID '${missing}' does not exist`,
    );
  }
  return ids.length ? all.filter(instance => ids.includes(instance.id)) : all;
}

const describeInstances: Operation = {
  readOnly: true,
  demands: () => [
    { action: 'ec2:DescribeInstances', resource: '*', label: '' },
  ],
  run: call => ({
    output: {
      reservationSet: chosenInstances(call).map(instance =>
        reservation([instance], call),
      ),
    },
  }),
  requestParameters: call => ({
    instancesSet: {
      items: list(call.input, 'InstanceId').map(instanceId => ({ instanceId })),
    },
    filterSet: {},
  }),
};

function wanted(call: Call) {
  const tags = objects(call.input, 'TagSpecification').flatMap(spec =>
    objects(spec, 'Tag'),
  );
  const name = tags.find(tag => tag.Key === 'Name')?.Value;
  return {
    imageId: requiredText(call.input, 'ImageId', { max: 64 }),
    type: String(call.input.InstanceType ?? 't3.micro').slice(0, 32),
    min: optionalInteger(call.input, 'MinCount', COUNT) ?? 1,
    max: optionalInteger(call.input, 'MaxCount', COUNT) ?? 1,
    name: name === undefined ? undefined : String(name).slice(0, 256),
  };
}

function launch(call: Call): Instance[] {
  const { imageId, type, max, name } = wanted(call);
  const { identifiers } = call.world;
  const reservationId = `r-0${identifiers.hex(16)}`;
  return Array.from({ length: max }, () => ({
    id: `i-0${identifiers.hex(16)}`,
    imageId,
    type,
    name,
    state: 'running' as const,
    launchedAt: call.now,
    reservationId,
  }));
}

/** A role that the instances are to run under: each instance profile here is called as its role. */
function passedRole(call: Call): Demand[] {
  const [profile] = objects({ list: call.input.IamInstanceProfile }, 'list');
  const name = profile && (profile.Name ?? profile.Arn);
  return name === undefined
    ? []
    : [
        {
          action: 'iam:PassRole',
          resource: roleArnOf(call, String(name).split('/').at(-1)!),
        },
      ];
}

const runInstances: Operation = {
  readOnly: false,
  demands: call => [
    {
      action: 'ec2:RunInstances',
      resource: `arn:${call.caller.partition}:ec2:${call.region}:${call.caller.accountId}:instance/*`,
    },
    ...passedRole(call),
  ],
  run: call => {
    const { account } = call.caller;
    if (call.region !== account.region) {
      throw new AwsError(
        'OptInRequired',
        `The sandbox has instances in ${account.region} only.`,
      );
    }
    const instances = launch(call);
    if (account.instances.size + instances.length > 200) {
      throw new AwsError(
        'InstanceLimitExceeded',
        'You have requested more instances than your current instance limit allows.',
      );
    }
    instances.forEach(i => account.instances.set(i.id, i));
    const output = reservation(instances, call);
    return {
      output,
      responseElements: {
        ...output,
        instancesSet: { items: output.instancesSet },
      },
    };
  },
  requestParameters: call => {
    const { imageId, min, max, type } = wanted(call);
    return {
      instancesSet: {
        items: [{ imageId, minCount: min, maxCount: max }],
      },
      instanceType: type,
      disableApiTermination: false,
    };
  },
};

/** The Elastic Compute Cloud: something worth refusing. */
export const ec2: Service = {
  name: 'ec2',
  protocol: 'ec2',
  xmlns: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  recordsRefusedParameters: true,
  operations: {
    DescribeInstances: describeInstances,
    RunInstances: runInstances,
    ...snapshotOperations,
  },
};
