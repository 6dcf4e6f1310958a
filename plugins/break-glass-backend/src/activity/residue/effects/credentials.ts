import { Effects, pairs } from '../effect';

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
      type: 'iot-certificate',
      makes: ['iot:CreateKeysAndCertificate', 'iot:RegisterCertificate'],
      removes: ['iot:DeleteCertificate'],
      by: ['certificateId'],
      what: ([id]) => `IoT certificate ${id}`,
    },
  ]),
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

function userWords(name: string | undefined): string {
  return name === undefined ? 'a user' : `user ${name}`;
}
