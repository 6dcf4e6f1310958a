import { AwsError } from '../../AwsError';
import { elementTime } from '../../trail/format';
import { ManagedPolicy, PolicyVersion } from '../../world/entities';
import { optionalText, requiredText } from '../input';
import { Call, Operation } from '../Operation';
import { iamOperation } from './iamOperation';
import {
  encodedDocument,
  findPolicy,
  iamDate,
  policyArn,
  readPolicy,
} from './names';

const MAX_VERSIONS = 5;
const MAX_CHARACTERS = 6_144;
const VERSION = {
  pattern: /^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/,
  shown: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?',
};

const target = (call: Call) => {
  const arn = policyArn(call);
  return { resource: arn, label: `policy ${arn}` };
};

function findVersion(call: Call, policy: ManagedPolicy): PolicyVersion {
  const id = requiredText(call.input, 'VersionId', VERSION);
  const version = policy.versions.find(v => v.id === id);
  if (!version) {
    throw new AwsError(
      'NoSuchEntity',
      `Policy ${policy.arn} version ${id} does not exist or is not attachable.`,
      404,
    );
  }
  return version;
}

const isDefault = (policy: ManagedPolicy, version: PolicyVersion) =>
  policy.current.stored.id === version.id;

const summary = (policy: ManagedPolicy, version: PolicyVersion) => ({
  VersionId: version.id,
  IsDefaultVersion: isDefault(policy, version),
  CreateDate: iamDate(version.createdAt),
});

const getPolicyVersion = iamOperation('GetPolicyVersion', {
  readOnly: true,
  target,
  run: call => {
    const policy = findPolicy(call);
    const version = findVersion(call, policy);
    return {
      output: {
        PolicyVersion: {
          ...summary(policy, version),
          Document: encodedDocument(version.document),
        },
      },
    };
  },
});

const listPolicyVersions = iamOperation('ListPolicyVersions', {
  readOnly: true,
  target,
  run: call => {
    const policy = findPolicy(call);
    const versions = [...policy.versions].reverse();
    return {
      output: {
        Versions: versions.map(version => summary(policy, version)),
        IsTruncated: false,
      },
    };
  },
});

const createPolicyVersion = iamOperation('CreatePolicyVersion', {
  target,
  run: call => {
    const policy = findPolicy(call);
    const document = readPolicy(
      call,
      'PolicyDocument',
      'identity',
      MAX_CHARACTERS,
    );
    if (policy.versions.length >= MAX_VERSIONS) {
      throw new AwsError(
        'LimitExceeded',
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
        409,
      );
    }
    const id = `v${policy.nextVersion}`;
    const version = { id, document, createdAt: call.now };
    policy.nextVersion += 1;
    policy.versions.push(version);
    policy.updatedAt = call.now;
    if (optionalText(call.input, 'SetAsDefault') === 'true') {
      policy.current.set(version);
    }
    return {
      output: { PolicyVersion: summary(policy, version) },
      responseElements: {
        policyVersion: {
          versionId: id,
          isDefaultVersion: isDefault(policy, version),
          createDate: elementTime(call.now),
        },
      },
    };
  },
});

const deletePolicyVersion = iamOperation('DeletePolicyVersion', {
  target,
  run: call => {
    const policy = findPolicy(call);
    const version = findVersion(call, policy);
    if (isDefault(policy, version)) {
      throw new AwsError(
        'DeleteConflict',
        'Cannot delete the default version of a policy.',
        409,
      );
    }
    policy.versions = policy.versions.filter(other => other !== version);
    return {};
  },
});

const setDefaultPolicyVersion = iamOperation('SetDefaultPolicyVersion', {
  target,
  run: call => {
    const policy = findPolicy(call);
    policy.current.set(findVersion(call, policy));
    policy.updatedAt = call.now;
    return {};
  },
});

/** The operations on versions of managed policies. */
export const policyVersionOperations: Record<string, Operation> = {
  GetPolicyVersion: getPolicyVersion,
  ListPolicyVersions: listPolicyVersions,
  CreatePolicyVersion: createPolicyVersion,
  DeletePolicyVersion: deletePolicyVersion,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
};
