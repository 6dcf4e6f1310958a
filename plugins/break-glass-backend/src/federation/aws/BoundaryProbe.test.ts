import {
  GetPolicyCommand,
  IAMClient,
  IAMServiceException,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { AssumeRoleRequest } from '../types';
import { AwsClients } from './AwsClients';
import { BoundaryProbe } from './BoundaryProbe';

const LEASE = '01K8EXAMP1E000000000000000';
const POLICY = 'arn:aws:iam::111122223333:policy/break-glass/Boundary';
const target = {
  partition: 'aws' as const,
  region: 'eu-central-1',
  accountId: '111122223333',
  policyArn: POLICY,
  killerRoleArn: 'unused',
  leaseId: LEASE,
  roleArn: 'arn:aws:iam::111122223333:role/break-glass/Admin',
  sourceIdentity: true,
};

function aProbe() {
  const assumed: AssumeRoleRequest[] = [];
  const probe = new BoundaryProbe(new AwsClients({}, { now: () => 0 }), {
    assumeRole: async request => {
      assumed.push(request);
      return {
        credentials: {
          accessKeyId: 'ASIAPROBE',
          secretAccessKey: 's',
          sessionToken: 't',
          expiresAt: 0,
        },
      };
    },
  });
  return { probe, assumed };
}

function refusal(name: string, message: string) {
  return new IAMServiceException({
    name,
    message,
    $fault: 'client',
    $metadata: { httpStatusCode: 403 },
  });
}

describe('BoundaryProbe', () => {
  const iam = mockClient(IAMClient);
  beforeEach(() => iam.reset());
  afterAll(() => iam.restore());

  it('assumes the role under the lease’s id, for the shortest time, with one harmless read', async () => {
    iam.on(GetPolicyCommand).resolves({});
    const { probe, assumed } = aProbe();
    await probe.probe(target);
    const name = `kill=probe@${LEASE}`;
    expect(assumed).toEqual([
      expect.objectContaining({
        roleArn: target.roleArn,
        sessionName: name,
        sourceIdentity: name,
        durationSeconds: 900,
      }),
    ]);
    expect(JSON.parse(assumed[0].policy!).Statement).toEqual([
      { Effect: 'Allow', Action: 'iam:GetPolicy', Resource: POLICY },
    ]);
  });

  it.each([
    [
      true,
      'User: x is not authorized to perform: iam:GetPolicy with an explicit deny in a permissions boundary',
    ],
    [
      false,
      'User: x is not authorized to perform: iam:GetPolicy because no identity-based policy allows the iam:GetPolicy action',
    ],
    [
      false,
      'User: x is not authorized to perform: iam:GetPolicy with an explicit deny in a service control policy',
    ],
  ])(
    'I4: takes for enforced (%s) only what the boundary refused: %s',
    async (enforced, message) => {
      iam.on(GetPolicyCommand).rejects(refusal('AccessDenied', message));
      const { probe } = aProbe();
      expect(await probe.probe(target)).toMatchObject({
        enforced,
        accessKeyId: 'ASIAPROBE',
      });
    },
  );

  it('I4: takes a call that goes through for not enforced', async () => {
    iam.on(GetPolicyCommand).resolves({});
    expect(await aProbe().probe.probe(target)).toMatchObject({
      enforced: false,
    });
  });

  it('pitfall 12: takes no answer for none', async () => {
    iam.on(GetPolicyCommand).rejects(refusal('ServiceFailure', 'down'));
    await expect(aProbe().probe.probe(target)).rejects.toMatchObject({
      code: 'aws-unavailable',
    });
  });
});
