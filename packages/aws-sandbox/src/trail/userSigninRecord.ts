import { User } from '../world/entities';
import { World } from '../world/World';
import { recordTime } from './format';
import { TrailRecord } from './TrailRecord';

/** How a person signs in. */
export interface UserSignIn {
  /** ARN of the IAM user. */
  userArn: string;
  /** Default `203.0.113.7`. */
  sourceIp?: string;
  userAgent?: string;
  /** Whether it was refused; default it works. */
  failed?: boolean;
}

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

function identity(user: User) {
  return {
    type: 'IAMUser',
    principalId: user.uniqueId,
    arn: user.arn,
    accountId: user.accountId,
    // A sign-in is not made with a key.
    accessKeyId: '',
    userName: user.name,
  };
}

/**
 * The record of an IAM user's sign-in to the console, in the shape of `signin.amazonaws.com`.
 * @throws Error where there is no such user
 */
export function userSigninRecord(
  world: World,
  { userArn, sourceIp, userAgent, failed }: UserSignIn,
): TrailRecord {
  const user = world.user(userArn);
  if (!user) throw new Error(`the sandbox has no user ${userArn}`);
  const { region } = world.account(user.accountId);
  return {
    eventVersion: '1.11',
    userIdentity: identity(user),
    eventTime: recordTime(world.clock.now()),
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    awsRegion: region,
    sourceIPAddress: sourceIp ?? '203.0.113.7',
    userAgent: userAgent ?? BROWSER,
    ...(failed && { errorMessage: 'Failed authentication' }),
    requestParameters: null,
    responseElements: { ConsoleLogin: failed ? 'Failure' : 'Success' },
    additionalEventData: {
      LoginTo: `https://console.aws.amazon.com/console/home?region=${region}`,
      MobileVersion: 'No',
      ...(user.mfa && { MFAIdentifier: user.mfa.serialNumber }),
      MFAUsed: user.mfa ? 'Yes' : 'No',
    },
    eventID: world.identifiers.uuid(),
    readOnly: false,
    eventType: 'AwsConsoleSignIn',
    managementEvent: true,
    recipientAccountId: user.accountId,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${region}.signin.aws.amazon.com`,
    },
  };
}
