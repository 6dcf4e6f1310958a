import {
  AssumeRoleCommand,
  ExpiredTokenException,
  MalformedPolicyDocumentException,
  PackedPolicyTooLargeException,
  RegionDisabledException,
  STSClient,
  STSServiceException,
} from '@aws-sdk/client-sts';
import { mockServices } from '@backstage/backend-test-utils';
import { mockClient } from 'aws-sdk-client-mock';
import { AssumeRoleRequest } from '../types';
import { AwsClients } from './AwsClients';
import { BrokerCredentials } from './BrokerCredentials';
import { StsBroker } from './StsBroker';

const NOW = Date.UTC(2026, 9, 1, 12);
const clock = { now: () => NOW };
const partitions = {
  aws: { brokerAccountId: '555566667777', endpoints: {} },
};
const waiting = { signal: new AbortController().signal };
const request: AssumeRoleRequest = {
  partition: 'aws',
  region: 'eu-central-1',
  roleArn: 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin',
  sessionName: 'mary@01K8EXAMP1E000000000000000',
  durationSeconds: 900,
};

function aBroker(
  getCredentialProvider = async () => ({
    sdkCredentialProvider: async () => ({
      accessKeyId: 'AKIAEXAMPLE',
      secretAccessKey: 'broker-secret',
    }),
  }),
) {
  const logger = mockServices.logger.mock();
  const broker = new StsBroker({
    clients: new AwsClients(partitions, clock),
    brokerCredentials: new BrokerCredentials(partitions, {
      getCredentialProvider,
    }),
    clock,
    logger,
  });
  return { broker, logger };
}

function failure(name: string, status = 400, message = 'secret of AWS') {
  return new STSServiceException({
    name,
    message,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status },
  });
}

const common = { message: 'secret of AWS', $metadata: { httpStatusCode: 400 } };

describe('StsBroker', () => {
  const sts = mockClient(STSClient);
  beforeEach(() => sts.reset());
  afterAll(() => sts.restore());

  it('asks for exactly what it was told', async () => {
    sts.on(AssumeRoleCommand).resolves({
      Credentials: {
        AccessKeyId: 'ASIAEXAMPLE',
        SecretAccessKey: 's',
        SessionToken: 't',
        Expiration: new Date(NOW + 900_000),
      },
    });
    const { broker } = aBroker();
    const { credentials } = await broker.assumeRole(
      {
        ...request,
        externalId: 'ext',
        sourceIdentity: request.sessionName,
        tags: [{ Key: 'break-glass:lease', Value: 'x' }],
        policy: '{}',
        managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      },
      waiting,
    );
    expect(credentials).toEqual({
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 's',
      sessionToken: 't',
      expiresAt: NOW + 900_000,
    });
    expect(sts.commandCalls(AssumeRoleCommand)[0].args[0].input).toEqual({
      RoleArn: request.roleArn,
      RoleSessionName: request.sessionName,
      DurationSeconds: 900,
      ExternalId: 'ext',
      SourceIdentity: request.sessionName,
      Tags: [{ Key: 'break-glass:lease', Value: 'x' }],
      Policy: '{}',
      PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    });
  });

  it.each([
    ['broker-not-trusted', failure('AccessDenied', 403)],
    ['profile-too-large', new PackedPolicyTooLargeException(common)],
    ['aws-refused', new RegionDisabledException(common)],
    ['aws-refused', new MalformedPolicyDocumentException(common)],
    ['aws-unavailable', new ExpiredTokenException(common)],
    ['aws-unavailable', failure('InvalidClientTokenId', 403)],
    ['aws-unavailable', failure('SignatureDoesNotMatch', 403)],
    ['aws-unavailable', failure('Throttling')],
    [
      'aws-unavailable',
      Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
    ],
    [
      'role-limit',
      failure(
        'ValidationError',
        400,
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      ),
    ],
    ['clock-skew', failure('RequestExpired')],
    ['clock-skew', failure('RequestTimeTooSkewed', 403)],
  ])('says %s for %s', async (code, error) => {
    sts.on(AssumeRoleCommand).rejects(error);
    const { broker } = aBroker();
    await expect(broker.assumeRole(request, waiting)).rejects.toMatchObject({
      code,
      unanswered: false,
      message: expect.stringContaining('othing was issued'),
    });
  });

  it('names the role, the broker’s account and the fix where the role does not trust it', async () => {
    sts.on(AssumeRoleCommand).rejects(failure('AccessDenied', 403));
    const { broker } = aBroker();
    const refused = broker.assumeRole(
      {
        ...request,
        sourceIdentity: request.sessionName,
        tags: [{ Key: 'a', Value: 'b' }],
      },
      waiting,
    );
    await expect(refused).rejects.toThrow(request.roleArn);
    await expect(refused).rejects.toThrow('555566667777');
    await expect(refused).rejects.toThrow(
      'sts:AssumeRole, sts:SetSourceIdentity, sts:TagSession',
    );
  });

  it('pitfall 27: neither message nor log holds what AWS wrote', async () => {
    sts.on(AssumeRoleCommand).rejects(failure('Odd<Name>', 400));
    const { broker, logger } = aBroker();
    const error = await broker.assumeRole(request, waiting).catch(each => each);
    const seen = JSON.stringify([error.message, logger.warn.mock.calls]);
    expect(error.code).toBe('aws-refused');
    expect(seen).not.toContain('secret');
    expect(seen).not.toContain('<');
  });

  it('takes no answer without credentials for one, nor for a refusal', async () => {
    sts.on(AssumeRoleCommand).resolves({});
    const { broker } = aBroker();
    await expect(broker.assumeRole(request, waiting)).rejects.toMatchObject({
      code: 'aws-unavailable',
    });
  });

  it('says where the broker’s own credentials are missing', async () => {
    const { broker } = aBroker(async () => {
      throw new Error('no such account');
    });
    await expect(broker.assumeRole(request, waiting)).rejects.toMatchObject({
      code: 'aws-unavailable',
      message: expect.stringContaining('aws.accounts'),
    });
  });

  it('says where no broker is configured for the partition', async () => {
    const { broker } = aBroker();
    await expect(
      broker.assumeRole({ ...request, partition: 'aws-cn' }, waiting),
    ).rejects.toMatchObject({ code: 'partition-unknown' });
  });
});
