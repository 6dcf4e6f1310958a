import { AwsError } from '../../AwsError';
import { elementTime } from '../../trail/format';
import { Grants, User } from '../../world/entities';
import { optionalText, requiredText } from '../input';
import { Call, Operation } from '../Operation';
import { iamOperation } from './iamOperation';
import {
  checkAttachable,
  findUser,
  iamArn,
  iamDate,
  pathOf,
  policyArn,
  userArnOf,
  userName,
} from './names';

const MAX_KEYS = 2;

const target = (call: Call) => {
  const name = userName(call);
  return { resource: userArnOf(call, name), label: `user ${name}` };
};

const describe = (user: User) => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.uniqueId,
  Arn: user.arn,
  CreateDate: iamDate(user.createdAt),
});

const newArn = (call: Call) =>
  iamArn(call, `user${pathOf(call)}${userName(call)}`);

const getUser = iamOperation('GetUser', {
  readOnly: true,
  target,
  run: call => ({ output: { User: describe(findUser(call)) } }),
});

const createUser = iamOperation('CreateUser', {
  target: call => ({ resource: newArn(call) }),
  run: call => {
    const { users, id } = call.caller.account;
    const name = userName(call);
    if (users.has(name)) {
      throw new AwsError(
        'EntityAlreadyExists',
        `User with name ${name} already exists.`,
        409,
      );
    }
    const user: User = {
      accountId: id,
      arn: newArn(call),
      name,
      path: pathOf(call),
      uniqueId: call.world.identifiers.unique('AIDA', 21),
      createdAt: call.now,
      grants: call.world.propagated<Grants>({
        attached: [],
        inline: new Map(),
      }),
    };
    users.set(name, user);
    return {
      output: { User: describe(user) },
      responseElements: {
        user: {
          path: user.path,
          userName: name,
          userId: user.uniqueId,
          arn: user.arn,
          createDate: elementTime(call.now),
        },
      },
    };
  },
});

const createAccessKey = iamOperation('CreateAccessKey', {
  target,
  run: call => {
    const { world } = call;
    const user = findUser(call);
    if (world.keysOf(user).length >= MAX_KEYS) {
      throw new AwsError(
        'LimitExceeded',
        `Cannot exceed quota for AccessKeysPerUser: ${MAX_KEYS}`,
        409,
      );
    }
    const accessKeyId = world.identifiers.unique('AKIA', 20);
    const secretAccessKey = world.identifiers.secret(30);
    const createdAt = call.now;
    world.addCredential({
      kind: 'user',
      accessKeyId,
      secretAccessKey,
      user,
      createdAt,
    });
    const shown = {
      accessKeyId,
      status: 'Active',
      userName: user.name,
      createDate: elementTime(createdAt),
    };
    return {
      output: {
        AccessKey: {
          UserName: user.name,
          AccessKeyId: accessKeyId,
          Status: 'Active',
          SecretAccessKey: secretAccessKey,
          CreateDate: iamDate(createdAt),
        },
      },
      responseElements: { accessKey: shown },
    };
  },
});

const deleteAccessKey = iamOperation('DeleteAccessKey', {
  target,
  run: call => {
    const id = requiredText(call.input, 'AccessKeyId');
    const { world } = call;
    if (!world.keysOf(findUser(call)).includes(id)) {
      throw new AwsError(
        'NoSuchEntity',
        `The Access Key with id ${id} cannot be found.`,
        404,
      );
    }
    world.removeCredential(id);
    return {};
  },
});

const attachUserPolicy = iamOperation('AttachUserPolicy', {
  target: call => ({
    ...target(call),
    context: { 'iam:PolicyARN': policyArn(call) },
  }),
  run: call => {
    const user = findUser(call);
    const arn = policyArn(call);
    checkAttachable(call, arn);
    const grants = user.grants.stored;
    const attached = [...new Set([...grants.attached, arn])];
    user.grants.set({ ...grants, attached });
    return {};
  },
});

const deleteUser = iamOperation('DeleteUser', {
  target,
  run: call => {
    const user = findUser(call);
    const { attached, inline } = user.grants.stored;
    const held = attached.length + inline.size + call.world.keysOf(user).length;
    if (held > 0) {
      throw new AwsError(
        'DeleteConflict',
        'Cannot delete entity, must remove access keys and policies first.',
        409,
      );
    }
    call.caller.account.users.delete(user.name);
    return {};
  },
});

const listUsers = iamOperation('ListUsers', {
  readOnly: true,
  target: call => ({ resource: iamArn(call, 'user/') }),
  run: call => {
    const prefix = optionalText(call.input, 'PathPrefix') ?? '/';
    const users = [...call.caller.account.users.values()];
    return {
      output: {
        Users: users.filter(u => u.path.startsWith(prefix)).map(describe),
        IsTruncated: false,
      },
    };
  },
});

/** The operations on users and their keys. */
export const userOperations: Record<string, Operation> = {
  GetUser: getUser,
  ListUsers: listUsers,
  CreateUser: createUser,
  DeleteUser: deleteUser,
  CreateAccessKey: createAccessKey,
  DeleteAccessKey: deleteAccessKey,
  AttachUserPolicy: attachUserPolicy,
};
