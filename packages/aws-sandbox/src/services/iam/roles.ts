import { AwsError } from '../../AwsError';
import { PolicyDocument } from '../../policy/policyDocument';
import { elementTime } from '../../trail/format';
import { Grants, Role } from '../../world/entities';
import { optionalInteger, optionalText, requiredText } from '../input';
import { Call, Operation } from '../Operation';
import { iamOperation } from './iamOperation';
import {
  checkAttachable,
  encodedDocument,
  findRole,
  iamArn,
  iamDate,
  pathOf,
  policyArn,
  policyName,
  readPolicy,
  roleArnOf,
  roleName,
} from './names';
import { checkPrincipals } from '../principalCheck';
import { readTags, roleTagOperations, tagContext } from './roleTags';

const TRUST_LIMIT = 2_048;

const target = (call: Call) => {
  const name = roleName(call);
  return { resource: roleArnOf(call, name), label: `role ${name}` };
};

const targetWithPolicy = (call: Call) => ({
  ...target(call),
  context: { 'iam:PolicyARN': policyArn(call) },
});

function describe(role: Role) {
  const { boundary } = role.grants.stored;
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.uniqueId,
    Arn: role.arn,
    CreateDate: iamDate(role.createdAt),
    AssumeRolePolicyDocument: encodedDocument(role.trust.stored),
    MaxSessionDuration: role.maxSessionDuration,
    PermissionsBoundary: boundary
      ? {
          PermissionsBoundaryType: 'Policy',
          PermissionsBoundaryArn: boundary,
        }
      : undefined,
  };
}

function change(role: Role, changes: Partial<Grants>): void {
  role.grants.set({ ...role.grants.stored, ...changes });
}

function readTrust(call: Call, parameter: string): PolicyDocument {
  const trust = readPolicy(call, parameter, 'trust', TRUST_LIMIT);
  checkPrincipals(trust, call, 'MalformedPolicyDocument');
  return trust;
}

const getRole = iamOperation('GetRole', {
  readOnly: true,
  target,
  run: call => ({ output: { Role: describe(findRole(call)) } }),
});

const listAttachedRolePolicies = iamOperation('ListAttachedRolePolicies', {
  readOnly: true,
  target,
  run: call => ({
    output: {
      AttachedPolicies: findRole(call).grants.stored.attached.map(arn => ({
        PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
        PolicyArn: arn,
      })),
      IsTruncated: false,
    },
  }),
});

function newRole(call: Call, name: string): Role {
  const { world, caller, input } = call;
  const trust = readTrust(call, 'AssumeRolePolicyDocument');
  const boundary = optionalText(input, 'PermissionsBoundary');
  if (boundary) checkAttachable(call, boundary);
  const grants: Grants = { attached: [], inline: new Map(), boundary };
  return {
    accountId: caller.accountId,
    arn: iamArn(call, `role${pathOf(call)}${name}`),
    name,
    path: pathOf(call),
    uniqueId: world.identifiers.unique('AROA', 21),
    createdAt: call.now,
    maxSessionDuration:
      optionalInteger(input, 'MaxSessionDuration', {
        min: 3_600,
        max: 43_200,
      }) ?? 3_600,
    trust: world.propagated(trust),
    tags: world.propagated<ReadonlyMap<string, string>>(readTags(call)),
    grants: world.propagated(grants),
  };
}

const createRole = iamOperation('CreateRole', {
  target: call => ({
    resource: iamArn(call, `role${pathOf(call)}${roleName(call)}`),
    context: {
      'iam:PermissionsBoundary': optionalText(
        call.input,
        'PermissionsBoundary',
      ),
      ...tagContext(readTags(call)),
    },
  }),
  run: call => {
    const { roles } = call.caller.account;
    const name = roleName(call);
    const role = newRole(call, name);
    if (roles.has(name)) {
      throw new AwsError(
        'EntityAlreadyExists',
        `Role with name ${name} already exists.`,
        409,
      );
    }
    roles.set(name, role);
    return {
      output: { Role: describe(role) },
      responseElements: {
        role: {
          path: role.path,
          roleName: name,
          roleId: role.uniqueId,
          arn: role.arn,
          createDate: elementTime(call.now),
          assumeRolePolicyDocument: encodedDocument(role.trust.stored),
        },
      },
    };
  },
});

const updateAssumeRolePolicy = iamOperation('UpdateAssumeRolePolicy', {
  target,
  run: call => {
    findRole(call).trust.set(readTrust(call, 'PolicyDocument'));
    return {};
  },
});

const attachRolePolicy = iamOperation('AttachRolePolicy', {
  target: targetWithPolicy,
  run: call => {
    const role = findRole(call);
    const arn = policyArn(call);
    checkAttachable(call, arn);
    const { attached } = role.grants.stored;
    change(role, { attached: [...new Set([...attached, arn])] });
    return {};
  },
});

const detachRolePolicy = iamOperation('DetachRolePolicy', {
  target: targetWithPolicy,
  run: call => {
    const role = findRole(call);
    const arn = policyArn(call);
    const { attached } = role.grants.stored;
    if (!attached.includes(arn)) {
      throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
    }
    change(role, { attached: attached.filter(other => other !== arn) });
    return {};
  },
});

const putRolePolicy = iamOperation('PutRolePolicy', {
  target,
  run: call => {
    const role = findRole(call);
    const name = policyName(call);
    const document = readPolicy(call, 'PolicyDocument', 'identity', 10_240);
    const { inline } = role.grants.stored;
    change(role, { inline: new Map([...inline, [name, document]]) });
    return {};
  },
});

const deleteRolePolicy = iamOperation('DeleteRolePolicy', {
  target,
  run: call => {
    const role = findRole(call);
    const name = policyName(call);
    const inline = new Map(role.grants.stored.inline);
    if (!inline.delete(name)) {
      throw new AwsError(
        'NoSuchEntity',
        `The role policy with name ${name} cannot be found.`,
        404,
      );
    }
    change(role, { inline });
    return {};
  },
});

const putRolePermissionsBoundary = iamOperation('PutRolePermissionsBoundary', {
  target: call => ({
    ...target(call),
    context: {
      'iam:PermissionsBoundary': requiredText(
        call.input,
        'PermissionsBoundary',
      ),
    },
  }),
  run: call => {
    const boundary = requiredText(call.input, 'PermissionsBoundary');
    checkAttachable(call, boundary);
    change(findRole(call), { boundary });
    return {};
  },
});

const deleteRolePermissionsBoundary = iamOperation(
  'DeleteRolePermissionsBoundary',
  {
    target,
    run: call => {
      change(findRole(call), { boundary: undefined });
      return {};
    },
  },
);

const deleteRole = iamOperation('DeleteRole', {
  target,
  run: call => {
    const role = findRole(call);
    const { attached, inline } = role.grants.stored;
    if (attached.length + inline.size > 0) {
      throw new AwsError(
        'DeleteConflict',
        'Cannot delete entity, must detach all policies first.',
        409,
      );
    }
    call.caller.account.roles.delete(role.name);
    return {};
  },
});

/** The operations on roles. */
export const roleOperations: Record<string, Operation> = {
  GetRole: getRole,
  ListAttachedRolePolicies: listAttachedRolePolicies,
  CreateRole: createRole,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  AttachRolePolicy: attachRolePolicy,
  DetachRolePolicy: detachRolePolicy,
  PutRolePolicy: putRolePolicy,
  DeleteRolePolicy: deleteRolePolicy,
  PutRolePermissionsBoundary: putRolePermissionsBoundary,
  DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
  DeleteRole: deleteRole,
  ...roleTagOperations,
};
