import { text } from '../../cloudTrailRecord';
import { Call } from '../Call';
import { Effect, Effects, Path, pairs } from '../effect';

/** Keys, passwords and devices: what opens the door later. */
export const credentials: Effects = {
  ...pairs([
    {
      kind: 'credential',
      type: 'access-key',
      makes: ['iam:CreateAccessKey'],
      removes: ['iam:DeleteAccessKey'],
      by: ['accessKeyId'],
      what: ([key], call) =>
        `Access key ${key} of ${userWords(call.text('userName'))}`,
    },
    {
      kind: 'credential',
      type: 'password',
      makes: ['iam:CreateLoginProfile', 'iam:UpdateLoginProfile'],
      removes: ['iam:DeleteLoginProfile'],
      by: ['userName'],
      what: ([user]) => `Password of user ${user}`,
    },
    {
      kind: 'credential',
      type: 'service-credential',
      makes: [
        'iam:CreateServiceSpecificCredential',
        'iam:ResetServiceSpecificCredential',
      ],
      removes: ['iam:DeleteServiceSpecificCredential'],
      by: ['serviceSpecificCredentialId'],
      what: ([id], call) =>
        `Service credential ${id} of ${userWords(call.text('userName'))}`,
    },
    {
      kind: 'credential',
      type: 'ssh-key',
      makes: ['iam:UploadSSHPublicKey'],
      removes: ['iam:DeleteSSHPublicKey'],
      by: ['sSHPublicKeyId'],
      what: ([id], call) =>
        `SSH key ${id} of ${userWords(call.text('userName'))}`,
    },
    {
      kind: 'credential',
      type: 'signing-certificate',
      makes: ['iam:UploadSigningCertificate'],
      removes: ['iam:DeleteSigningCertificate'],
      by: ['certificateId'],
      what: ([id], call) =>
        `Signing certificate ${id} of ${userWords(call.text('userName'))}`,
    },
    {
      kind: 'credential',
      type: 'mfa-device',
      makes: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'],
      removes: ['iam:DeleteVirtualMFADevice', 'iam:DeactivateMFADevice'],
      by: ['serialNumber'],
      what: ([device]) => `MFA device ${device}`,
    },
    {
      kind: 'credential',
      type: 'key-pair',
      makes: ['ec2:CreateKeyPair', 'ec2:ImportKeyPair'],
      removes: ['ec2:DeleteKeyPair'],
      by: ['keyName'],
      what: ([key]) => `Key pair ${key} for instances`,
    },
    {
      kind: 'credential',
      type: 'api-key',
      makes: ['appsync:CreateApiKey'],
      removes: ['appsync:DeleteApiKey'],
      by: ['apiId', 'id'],
      what: ([api]) => `Key of AppSync API ${api}`,
    },
    {
      kind: 'credential',
      type: 'activation',
      makes: ['ssm:CreateActivation'],
      removes: ['ssm:DeleteActivation'],
      by: ['activationId'],
      what: ([id]) => `Activation ${id}, by which machines join`,
    },
    {
      kind: 'credential',
      type: 'iot-certificate',
      makes: ['iot:CreateKeysAndCertificate', 'iot:RegisterCertificate'],
      removes: ['iot:DeleteCertificate'],
      by: ['certificateId'],
      what: ([id]) => `IoT certificate ${id}`,
    },
  ]),
  'rds:ModifyDBInstance': databasePassword,
  'rds:ModifyDBCluster': databasePassword,
  'rds:DeleteDBInstance': call => ({ removed: [passwordPath(call)] }),
  'rds:DeleteDBCluster': call => ({ removed: [passwordPath(call)] }),
  'iam:UpdateAccessKey': call => {
    const key = call.text('accessKeyId') ?? `event ${call.event.eventId}`;
    const path = ['active-access-key', key];
    const user = userWords(call.text('userName'));
    return call.text('status') === 'Inactive'
      ? { removed: [path] }
      : {
          made: [
            {
              kind: 'credential',
              path,
              what: `Access key ${key} of ${user}, which was made active`,
              resource: key,
            },
          ],
        };
  },
};

function databasePassword(call: Call): Effect {
  if (call.asked('masterUserPassword') === undefined) {
    return {};
  }
  const path = passwordPath(call);
  const [, , name] = path;
  const what = `Password of the master user of database ${name}`;
  return { made: [{ kind: 'credential', path, what, resource: name }] };
}

/** A request of a cluster does not name an instance; an answer may. */
function passwordPath(call: Call): Path {
  const of = (parameter: string) => text(call.request, parameter);
  const instance = of('dBInstanceIdentifier');
  const cluster = of('dBClusterIdentifier');
  return instance === undefined
    ? ['database-password', 'cluster', cluster ?? `event ${call.event.eventId}`]
    : ['database-password', 'instance', instance];
}

function userWords(name: string | undefined): string {
  return name === undefined ? 'a user' : `user ${name}`;
}
