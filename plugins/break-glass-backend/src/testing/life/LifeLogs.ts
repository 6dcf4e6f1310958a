import {
  ActivityQuery,
  ActivityResult,
  ActivitySource,
  UseResult,
} from 'backstage-plugin-break-glass-node';
import { AwsSession } from './LifeAws';

/** The logs of a run: they hold that each session was assumed, and nothing else. */
export class LifeLogs implements ActivitySource {
  readonly id = 'life';
  readonly title = 'Logs of the test';
  private readonly sessions: AwsSession[] = [];

  add(session: AwsSession): void {
    this.sessions.push(session);
  }

  async search({ accessKeyIds }: ActivityQuery): Promise<ActivityResult> {
    return {
      records: this.sessions
        .filter(({ accessKeyId }) => accessKeyIds.includes(accessKeyId))
        .map(assumeRoleRecord),
      coverage: {
        regions: ['eu-central-1'],
        dataEvents: 'seen',
        trailRunningAtEnd: true,
        filesRead: 1,
        unreadable: [],
      },
    };
  }

  async searchUses(): Promise<UseResult> {
    throw new Error('Nobody looks for uses here');
  }

  async probe() {
    return { ok: true, words: 'Readable' };
  }
}

function assumeRoleRecord(session: AwsSession) {
  const { role, name, accessKeyId, sessionToken, createdAt } = session;
  const [, partition, , , accountId] = role.arn.split(':');
  const arn = `arn:${partition}:sts::${accountId}:assumed-role/${role.arn
    .split('/')
    .pop()}/${name}`;
  return {
    eventVersion: '1.11',
    eventTime: `${new Date(createdAt).toISOString().slice(0, 19)}Z`,
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    eventID: `assumed-${accessKeyId}`,
    eventCategory: 'Management',
    awsRegion: 'eu-central-1',
    recipientAccountId: accountId,
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:${partition}:iam::1:user/broker`,
    },
    requestParameters: { roleArn: role.arn, roleSessionName: name },
    // As real records do, it carries the token: it must not be stored (I10).
    responseElements: {
      credentials: { accessKeyId, sessionToken },
      assumedRoleUser: { arn },
    },
  };
}
