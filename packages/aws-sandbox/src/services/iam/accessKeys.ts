import { AwsError } from '../../AwsError';
import { elementTime } from '../../trail/format';
import { UserKey } from '../../world/entities';
import { requiredText, validationError } from '../input';
import { Call, Operation } from '../Operation';
import { iamOperation } from './iamOperation';
import { findUser, iamDate, userTarget } from './names';

const MAX_KEYS = 2;

/** @throws AwsError `NoSuchEntity` where the user has no such key */
function findKey(call: Call): UserKey {
  const id = requiredText(call.input, 'AccessKeyId');
  const user = findUser(call);
  const key = call.world.credential(id);
  if (key?.kind !== 'user' || key.user !== user) {
    throw new AwsError(
      'NoSuchEntity',
      `The Access Key with id ${id} cannot be found.`,
      404,
    );
  }
  return key;
}

const statusOf = (key: UserKey) => (key.inactive ? 'Inactive' : 'Active');

const createAccessKey = iamOperation('CreateAccessKey', {
  target: userTarget,
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

const updateAccessKey = iamOperation('UpdateAccessKey', {
  target: userTarget,
  run: call => {
    const status = requiredText(call.input, 'Status');
    if (status !== 'Active' && status !== 'Inactive') {
      throw validationError(
        status,
        'Status',
        'satisfy enum value set: [Active, Inactive]',
      );
    }
    findKey(call).inactive = status === 'Inactive';
    return {};
  },
});

const deleteAccessKey = iamOperation('DeleteAccessKey', {
  target: userTarget,
  run: call => {
    call.world.removeCredential(findKey(call).accessKeyId);
    return {};
  },
});

const listAccessKeys = iamOperation('ListAccessKeys', {
  readOnly: true,
  target: userTarget,
  run: call => {
    const user = findUser(call);
    const keys = call.world
      .keysOf(user)
      .map(id => call.world.credential(id))
      .filter(key => key?.kind === 'user');
    return {
      output: {
        AccessKeyMetadata: keys.map(key => ({
          UserName: user.name,
          AccessKeyId: key.accessKeyId,
          Status: statusOf(key),
          CreateDate: iamDate(key.createdAt),
        })),
        IsTruncated: false,
      },
    };
  },
});

/** The operations on the keys of users. */
export const accessKeyOperations: Record<string, Operation> = {
  CreateAccessKey: createAccessKey,
  UpdateAccessKey: updateAccessKey,
  DeleteAccessKey: deleteAccessKey,
  ListAccessKeys: listAccessKeys,
};
