import { ActivityQuery, UseQuery } from '../activitySource';
import {
  ACCOUNT_ID,
  aCloudTrailRecord,
  anAssumeRoleRecord,
  AssumeRoleFacts,
  BROKER_ACCOUNT_ID,
  delivered,
  DeliveredRecord,
  RecordFacts,
  ROLE_ARN,
} from './records';

const HOUR = 3_600_000;

/** Bob's lease: the name of its sessions, and the key that was recorded for one. */
export const SESSION_NAME = 'bob@01K6F000000000000000000000';
export const RECORDED_KEY_ID = 'ASIAEXAMPLERECORDED1';

/** An emergency user, and one whose name only begins like it. */
export const EMERGENCY_USER_ARN = `arn:aws:iam::${ACCOUNT_ID}:user/emergency/break-glass-1`;

/** Records and queries around one instant: an hour before it, and one after. */
export class Scene {
  /** @param at - epoch milliseconds, whole seconds */
  constructor(readonly at: number) {}

  /** For bob's session, from an hour before to an hour after. */
  query(change: Partial<ActivityQuery> = {}): ActivityQuery {
    return {
      partition: 'aws',
      accountId: ACCOUNT_ID,
      roleArn: ROLE_ARN,
      sessionName: SESSION_NAME,
      accessKeyIds: [RECORDED_KEY_ID],
      from: this.at - HOUR,
      to: this.at + HOUR,
      ...change,
    };
  }

  /** For uses of the role and the emergency user. */
  uses(change: Partial<UseQuery> = {}): UseQuery {
    return {
      partition: 'aws',
      accountIds: [ACCOUNT_ID, BROKER_ACCOUNT_ID],
      roleArns: [ROLE_ARN],
      userArns: [EMERGENCY_USER_ARN],
      from: this.at - HOUR,
      to: this.at + HOUR,
      ...change,
    };
  }

  /** A call of a session; bob's where nothing is said. */
  call(
    facts: Partial<RecordFacts> = {},
    where: Partial<DeliveredRecord> = {},
  ): DeliveredRecord {
    const record = aCloudTrailRecord({
      at: this.at,
      sessionName: SESSION_NAME,
      ...facts,
    });
    return delivered(record, where);
  }

  /** The AssumeRole of a session; bob's where nothing is said. */
  assumeRole(
    facts: Partial<AssumeRoleFacts> = {},
    where: Partial<DeliveredRecord> = {},
  ): DeliveredRecord {
    const record = anAssumeRoleRecord({
      at: this.at,
      sessionName: SESSION_NAME,
      ...facts,
    });
    return delivered(record, where);
  }
}
