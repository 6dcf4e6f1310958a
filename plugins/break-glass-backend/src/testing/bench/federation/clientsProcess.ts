// The people, in a process of their own: started by ../federation.ts.
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { clientFor, tokenOf } from '../../startTestPortal';
import { Measured, run } from '../load';
import { answering } from './processes';

/** A person with an active lease. */
export interface Holder {
  person: string;
  leaseId: string;
  requester: string;
  /** Session policy of the lease. */
  policy: string;
}

/** What the parent may ask of it. */
export interface ClientsProcess {
  /** Where portal and STS are, and how far the portal's clock is ahead, in milliseconds. */
  start(input: {
    portalUrl: string;
    stsUrl: string;
    clockOffset: number;
    holders: Holder[];
  }): Promise<void>;
  bare(input: { clients: number; calls: number }): Promise<Measured>;
  issue(input: { clients: number; calls: number }): Promise<Measured>;
}

let holders: Holder[];
let portalUrl: string;
let sts: STSClient;

/** What the portal asks of STS, asked without it: same role, policy, names and tags. */
function assumeRole({ leaseId, requester, policy }: Holder) {
  const name = `admin@${leaseId}`;
  return sts.send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin',
      RoleSessionName: name,
      SourceIdentity: name,
      DurationSeconds: 3_600,
      Policy: policy,
      Tags: [
        { Key: 'break-glass:lease', Value: leaseId },
        { Key: 'break-glass:requester', Value: requester },
        { Key: 'break-glass:residue', Value: 'denied' },
      ],
    }),
  );
}

const issue = ({ person, leaseId }: Holder) =>
  clientFor(portalUrl, tokenOf(person)).call('createSession', {
    params: { id: leaseId },
    body: { type: 'credentials' },
  });

const holder = (index: number) => holders[index % holders.length];

answering<ClientsProcess>({
  start: async input => {
    ({ holders, portalUrl } = input);
    sts = new STSClient({
      endpoint: input.stsUrl,
      region: 'eu-central-1',
      credentials: {
        accessKeyId: 'AKIASANDBOXBROKERAWS',
        secretAccessKey: 'sandbox-broker-secret-commercial',
      },
      systemClockOffset: input.clockOffset,
    });
  },
  bare: ({ clients, calls }) =>
    run(clients, calls, index => assumeRole(holder(index))),
  issue: ({ clients, calls }) =>
    run(clients, calls, index => issue(holder(index))),
});
