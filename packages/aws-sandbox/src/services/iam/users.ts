import { AwsError } from '../../AwsError';
import { elementTime } from '../../trail/format';
import { Grants, User } from '../../world/entities';
import { optionalText } from '../input';
import { Call, Operation } from '../Operation';
import { iamOperation } from './iamOperation';
import {
  findUser,
  iamArn,
  iamDate,
  pathOf,
  userName,
  userTarget,
} from './names';

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
  target: userTarget,
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

const deleteUser = iamOperation('DeleteUser', {
  target: userTarget,
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

/** The operations on users themselves. */
export const userOperations: Record<string, Operation> = {
  GetUser: getUser,
  ListUsers: listUsers,
  CreateUser: createUser,
  DeleteUser: deleteUser,
};
