import { AwsError } from '../../AwsError';
import { Grants, User } from '../../world/entities';
import { Call, Operation } from '../Operation';
import { iamOperation } from './iamOperation';
import {
  checkAttachable,
  findUser,
  policyArn,
  policyName,
  readPolicy,
  userTarget,
} from './names';

/** AWS counts the inline policies of a user together. */
const INLINE_LIMIT = 2_048;

const targetWithPolicy = (call: Call) => ({
  ...userTarget(call),
  context: { 'iam:PolicyARN': policyArn(call) },
});

function change(user: User, changes: Partial<Grants>): void {
  user.grants.set({ ...user.grants.stored, ...changes });
}

const attachUserPolicy = iamOperation('AttachUserPolicy', {
  target: targetWithPolicy,
  run: call => {
    const user = findUser(call);
    const arn = policyArn(call);
    checkAttachable(call, arn);
    const { attached } = user.grants.stored;
    change(user, { attached: [...new Set([...attached, arn])] });
    return {};
  },
});

const detachUserPolicy = iamOperation('DetachUserPolicy', {
  target: targetWithPolicy,
  run: call => {
    const user = findUser(call);
    const arn = policyArn(call);
    const { attached } = user.grants.stored;
    if (!attached.includes(arn)) {
      throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
    }
    change(user, { attached: attached.filter(other => other !== arn) });
    return {};
  },
});

const putUserPolicy = iamOperation('PutUserPolicy', {
  target: userTarget,
  run: call => {
    const user = findUser(call);
    const document = readPolicy(
      call,
      'PolicyDocument',
      'identity',
      INLINE_LIMIT,
    );
    const { inline } = user.grants.stored;
    change(user, {
      inline: new Map([...inline, [policyName(call), document]]),
    });
    return {};
  },
});

const deleteUserPolicy = iamOperation('DeleteUserPolicy', {
  target: userTarget,
  run: call => {
    const user = findUser(call);
    const name = policyName(call);
    const inline = new Map(user.grants.stored.inline);
    if (!inline.delete(name)) {
      throw new AwsError(
        'NoSuchEntity',
        `The user policy with name ${name} cannot be found.`,
        404,
      );
    }
    change(user, { inline });
    return {};
  },
});

/** The operations on what users may do. */
export const userPolicyOperations: Record<string, Operation> = {
  AttachUserPolicy: attachUserPolicy,
  DetachUserPolicy: detachUserPolicy,
  PutUserPolicy: putUserPolicy,
  DeleteUserPolicy: deleteUserPolicy,
};
