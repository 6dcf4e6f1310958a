import { AwsError } from '../../AwsError';
import { Secret } from '../../world/entities';
import { optionalText, requiredText } from '../input';
import { Call, Operation, Service } from '../Operation';

function secretOf(call: Call): Secret | undefined {
  const id = requiredText(call.input, 'SecretId', { min: 1, max: 2_048 });
  const { account } = call.caller;
  if (call.region !== account.region) return undefined;
  return (
    account.secrets.get(id) ??
    [...account.secrets.values()].find(secret => secret.arn === id)
  );
}

const seconds = (ms: number) => ms / 1000;

const getSecretValue: Operation = {
  readOnly: true,
  demands: call => {
    const id = requiredText(call.input, 'SecretId');
    const secret = secretOf(call);
    const { partition, accountId } = call.caller;
    const unknown = `arn:${partition}:secretsmanager:${call.region}:${accountId}:secret:${id}`;
    return [
      {
        action: 'secretsmanager:GetSecretValue',
        resource: secret?.arn ?? unknown,
        label: secret?.arn ?? id,
      },
    ];
  },
  run: call => {
    const secret = secretOf(call);
    if (!secret) {
      throw new AwsError(
        'ResourceNotFoundException',
        "Secrets Manager can't find the specified secret.",
      );
    }
    return {
      output: {
        ARN: secret.arn,
        Name: secret.name,
        SecretString: secret.value,
        VersionId: secret.versionId,
        VersionStages: ['AWSCURRENT'],
        CreatedDate: seconds(secret.createdAt),
      },
    };
  },
  requestParameters: call => ({
    secretId: requiredText(call.input, 'SecretId'),
  }),
};

const listSecrets: Operation = {
  readOnly: true,
  demands: () => [
    { action: 'secretsmanager:ListSecrets', resource: '*', label: '' },
  ],
  run: call => {
    const { account } = call.caller;
    const here = call.region === account.region;
    const secrets = here ? [...account.secrets.values()] : [];
    return {
      output: {
        SecretList: secrets.map(secret => ({
          ARN: secret.arn,
          Name: secret.name,
          CreatedDate: seconds(secret.createdAt),
        })),
      },
    };
  },
  requestParameters: call => {
    const maxResults = optionalText(call.input, 'MaxResults');
    return maxResults ? { maxResults: Number(maxResults) } : null;
  },
};

/** Secrets Manager: something worth refusing. */
export const secretsmanager: Service = {
  name: 'secretsmanager',
  protocol: 'json',
  operations: { GetSecretValue: getSecretValue, ListSecrets: listSecrets },
};
