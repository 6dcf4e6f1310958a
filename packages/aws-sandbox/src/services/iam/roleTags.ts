import { list, objects, requiredText } from '../input';
import { Call, Operation } from '../Operation';
import { iamOperation } from './iamOperation';
import { findRole, roleArnOf, roleName } from './names';

const KEY = { min: 1, max: 128 };

/** The `Tags` of a call. */
export function readTags(call: Call): Map<string, string> {
  return new Map(
    objects(call.input, 'Tags').map(tag => [
      requiredText(tag, 'Key', KEY),
      String(tag.Value ?? '').slice(0, 256),
    ]),
  );
}

/** The condition keys of a call that sets tags. */
export function tagContext(tags: ReadonlyMap<string, string>) {
  return {
    'aws:TagKeys': tags.size ? [...tags.keys()] : undefined,
    ...Object.fromEntries(
      [...tags].map(([key, value]) => [`aws:RequestTag/${key}`, value]),
    ),
  };
}

const target = (call: Call) => {
  const name = roleName(call);
  return {
    resource: roleArnOf(call, name),
    label: `role ${name}`,
    context: tagContext(readTags(call)),
  };
};

const tagRole = iamOperation('TagRole', {
  target,
  run: call => {
    const { tags } = findRole(call);
    tags.set(new Map([...tags.stored, ...readTags(call)]));
    return {};
  },
});

const untagRole = iamOperation('UntagRole', {
  target,
  run: call => {
    const { tags } = findRole(call);
    const gone = new Set(list(call.input, 'TagKeys').map(String));
    tags.set(new Map([...tags.stored].filter(([key]) => !gone.has(key))));
    return {};
  },
});

/** The operations on the tags of roles, which become tags of their sessions. */
export const roleTagOperations: Record<string, Operation> = {
  TagRole: tagRole,
  UntagRole: untagRole,
};
