import { AwsError } from '../../AwsError';
import { RequestContext } from '../../policy/RequestContext';
import { Question, statementApplies } from '../../policy/statements';
import { elementTime, recordTime } from '../../trail/format';
import { TrailWriter } from '../../trail/TrailWriter';
import { Input } from '../../wire/queryInput';
import {
  Account,
  IdentityProvider,
  Role,
  RoleSession,
} from '../../world/entities';
import { World } from '../../world/World';
import { sessionArn } from '../Caller';
import { Faults } from '../Faults';
import { optionalInteger, requiredText } from '../input';
import { Call, Result, Service } from '../Operation';
import { ARN, NAME } from './assumeRoleInput';
import { checkToken, TokenClaims } from './webIdentityToken';

/** The call that nobody signs. */
export const WEB_IDENTITY = 'AssumeRoleWithWebIdentity';
const DEFAULT_SECONDS = 3_600;

/** An unsigned call: its input and where it came from. */
export type UnsignedCall = Pick<Call, 'input' | 'origin' | 'requestId'>;

interface Asked {
  roleArn: string;
  name: string;
  token: string;
  seconds: number;
}

function readInput(input: Input): Asked {
  return {
    roleArn: requiredText(input, 'RoleArn', ARN),
    name: requiredText(input, 'RoleSessionName', NAME),
    token: requiredText(input, 'WebIdentityToken', { min: 4, max: 20_000 }),
    seconds:
      optionalInteger(input, 'DurationSeconds', { min: 900, max: 43_200 }) ??
      DEFAULT_SECONDS,
  };
}

function refused(): AwsError {
  return new AwsError(
    'AccessDenied',
    `Not authorized to perform sts:${WEB_IDENTITY}`,
    403,
  );
}

/** Whether a role's trust policy lets the holder of a token in: by its provider, and by what the token says. */
function trusts(
  role: Role,
  provider: IdentityProvider,
  claims: TokenClaims,
  now: number,
): boolean {
  const issuer = claims.iss.slice('https://'.length);
  const question: Question = {
    action: `sts:${WEB_IDENTITY}`,
    resource: role.arn,
    context: new RequestContext()
      .set('aws:CurrentTime', new Date(now).toISOString())
      .set(`${issuer}:sub`, claims.sub)
      .set(`${issuer}:aud`, claims.aud),
  };
  const applying = role.trust.effective.statements.filter(
    statement =>
      statement.federated?.includes(provider.arn) &&
      statementApplies(statement, question),
  );
  return (
    applying.some(({ effect }) => effect === 'Allow') &&
    applying.every(({ effect }) => effect === 'Allow')
  );
}

/**
 * `sts:AssumeRoleWithWebIdentity`: temporary credentials of a role that trusts an
 * identity provider, for who has a token of it. No key signs the call.
 */
export class WebIdentityEndpoint {
  constructor(
    private readonly world: World,
    private readonly trail: TrailWriter,
    private readonly faults: Faults,
  ) {}

  /** @throws AwsError as STS refuses it, ConnectionDropped when a fault wants it */
  async assume(service: Service, call: UnsignedCall): Promise<Result> {
    const asked = readInput(call.input);
    const accountId = asked.roleArn.split(':')[4] ?? '';
    await this.faults.strike('before', service, WEB_IDENTITY, accountId);
    const result = this.run(asked, call);
    await this.faults.strike('after', service, WEB_IDENTITY, accountId);
    return result;
  }

  private run(asked: Asked, call: UnsignedCall): Result {
    const now = this.world.clock.now();
    const role = this.world.role(asked.roleArn);
    // AWS does not tell a role that is missing from one that does not trust the token.
    if (!role) throw refused();
    const account = this.world.account(role.accountId);
    const { claims, provider } = checkToken(
      asked.token,
      issuer => account.identityProviders.get(issuer),
      now,
    );
    if (!trusts(role, provider, claims, now)) throw refused();
    if (asked.seconds > role.maxSessionDuration) {
      throw new AwsError(
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    }
    const session: RoleSession = {
      kind: 'session',
      ...this.world.temporaryKeys(),
      role,
      name: asked.name,
      createdAt: now,
      expiresAt: Math.floor(now / 1_000) * 1_000 + asked.seconds * 1_000,
      tags: new Map(),
      transitiveTagKeys: [],
      managedPolicyArns: [],
      mfa: false,
      chained: false,
      console: false,
    };
    this.world.addCredential(session);
    this.record({ account, claims, provider, session, asked, call });
    return answer(account, claims, provider, session);
  }

  private record(what: {
    account: Account;
    claims: TokenClaims;
    provider: IdentityProvider;
    session: RoleSession;
    asked: Asked;
    call: UnsignedCall;
  }): void {
    const { account, claims, provider, session, asked, call } = what;
    const { accessKeyId, sessionToken, expiresAt } = session;
    this.trail.add({
      eventVersion: '1.11',
      userIdentity: {
        type: 'WebIdentityUser',
        principalId: `${provider.arn}:${claims.aud[0]}:${claims.sub}`,
        userName: claims.sub,
        identityProvider: provider.arn,
      },
      eventTime: recordTime(session.createdAt),
      eventSource: 'sts.amazonaws.com',
      eventName: WEB_IDENTITY,
      awsRegion: account.region,
      sourceIPAddress: call.origin.sourceIp,
      userAgent: call.origin.userAgent,
      requestParameters: {
        roleArn: asked.roleArn,
        roleSessionName: asked.name,
        durationSeconds: asked.seconds,
      },
      responseElements: {
        credentials: {
          accessKeyId,
          sessionToken,
          expiration: elementTime(expiresAt),
        },
        subjectFromWebIdentityToken: claims.sub,
        assumedRoleUser: {
          assumedRoleId: `${session.role.uniqueId}:${session.name}`,
          arn: sessionArn(session, account.partition),
        },
        provider: provider.arn,
        audience: claims.aud[0],
      },
      requestID: call.requestId,
      eventID: this.world.identifiers.uuid(),
      readOnly: true,
      resources: [
        {
          accountId: account.id,
          type: 'AWS::IAM::Role',
          ARN: session.role.arn,
        },
      ],
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account.id,
      eventCategory: 'Management',
    });
  }
}

function answer(
  { partition }: Account,
  claims: TokenClaims,
  provider: IdentityProvider,
  session: RoleSession,
): Result {
  return {
    output: {
      SubjectFromWebIdentityToken: claims.sub,
      Audience: claims.aud[0],
      Provider: provider.arn,
      AssumedRoleUser: {
        AssumedRoleId: `${session.role.uniqueId}:${session.name}`,
        Arn: sessionArn(session, partition),
      },
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: new Date(session.expiresAt)
          .toISOString()
          .replace('.000', ''),
      },
    },
  };
}
