import { AwsError } from '../../AwsError';
import { ManagedPolicy } from '../../world/entities';
import { Call, Operation } from '../Operation';
import { iamOperation } from './iamOperation';
import {
  findPolicy,
  iamArn,
  iamDate,
  pathOf,
  policyArn,
  policyName,
  readPolicy,
} from './names';

function attachments(call: Call, policy: ManagedPolicy): number {
  const { roles, users } = call.caller.account;
  return [...roles.values(), ...users.values()].filter(owner =>
    owner.grants.stored.attached.includes(policy.arn),
  ).length;
}

function boundaryUses(call: Call, policy: ManagedPolicy): number {
  const { roles, users } = call.caller.account;
  return [...roles.values(), ...users.values()].filter(
    owner => owner.grants.stored.boundary === policy.arn,
  ).length;
}

function describe(call: Call, policy: ManagedPolicy) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.uniqueId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.current.stored.id,
    AttachmentCount: attachments(call, policy),
    PermissionsBoundaryUsageCount: boundaryUses(call, policy),
    IsAttachable: true,
    CreateDate: iamDate(policy.createdAt),
    UpdateDate: iamDate(policy.updatedAt),
  };
}

const getPolicy = iamOperation('GetPolicy', {
  readOnly: true,
  target: call => {
    const arn = policyArn(call);
    return { resource: arn, label: `policy ${arn}` };
  },
  run: call => ({ output: { Policy: describe(call, findPolicy(call)) } }),
});

const newArn = (call: Call) =>
  iamArn(call, `policy${pathOf(call)}${policyName(call)}`);

const createPolicy = iamOperation('CreatePolicy', {
  target: call => ({
    resource: newArn(call),
    label: `policy ${policyName(call)}`,
  }),
  run: call => {
    const arn = newArn(call);
    const { policies } = call.caller.account;
    const document = readPolicy(call, 'PolicyDocument', 'identity', 6_144);
    if (policies.has(arn)) {
      throw new AwsError(
        'EntityAlreadyExists',
        `A policy called ${policyName(
          call,
        )} already exists. Duplicate names are not allowed.`,
        409,
      );
    }
    const version = { id: 'v1', document, createdAt: call.now };
    const policy: ManagedPolicy = {
      arn,
      name: policyName(call),
      path: pathOf(call),
      uniqueId: call.world.identifiers.unique('ANPA', 21),
      createdAt: call.now,
      updatedAt: call.now,
      versions: [version],
      nextVersion: 2,
      current: call.world.propagated(version),
    };
    policies.set(arn, policy);
    return {
      output: { Policy: describe(call, policy) },
      responseElements: {
        policy: {
          policyName: policy.name,
          arn,
          policyId: policy.uniqueId,
          defaultVersionId: 'v1',
        },
      },
    };
  },
});

const deletePolicy = iamOperation('DeletePolicy', {
  target: call => {
    const arn = policyArn(call);
    return { resource: arn, label: `policy ${arn}` };
  },
  run: call => {
    const policy = findPolicy(call);
    if (attachments(call, policy) + boundaryUses(call, policy) > 0) {
      throw new AwsError(
        'DeleteConflict',
        'Cannot delete a policy attached to entities.',
        409,
      );
    }
    call.caller.account.policies.delete(policy.arn);
    return {};
  },
});

/** The operations on managed policies themselves. */
export const policyOperations: Record<string, Operation> = {
  GetPolicy: getPolicy,
  CreatePolicy: createPolicy,
  DeletePolicy: deletePolicy,
};
