// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  ActivityQuery,
  ActivityResult,
  ActivitySource,
  RawCloudTrailRecord,
  UseQuery,
  UseResult,
} from 'backstage-plugin-break-glass-node';
import {
  aConsoleLoginRecord,
  anAssumeRoleRecord,
  AssumeRoleFacts,
  ROLE_ARN,
} from 'backstage-plugin-break-glass-node/testUtils';
import { CatalogAccountDirectory, CatalogReader } from '../accounts';
import { UnbrokeredConfig } from '../config/unbrokeredConfig';
import { Database } from '../database/types';
import { demoEntities } from '../testing/demoEntities';
import { FakeClock } from '../testing/FakeClock';
import { leaseServices } from '../testing/leaseServices';
import { NOON } from '../testing/rows';
import { createUnbrokered } from './createUnbrokered';

/** An emergency user of the payroll account, and who holds its seal. */
export const SEALED_USER = 'arn:aws:iam::111122223333:user/break-glass-1';
export const SEAL_HOLDERS = 'group:default/ciso-office';

/** A source whose records, and trouble, a test decides. It keeps to the time that is asked for. */
export class ScriptedUses implements ActivitySource {
  readonly id = 'scripted';
  readonly title = 'Scripted logs';
  records: RawCloudTrailRecord[] = [];
  activity: RawCloudTrailRecord[] = [];
  unreadable: string[] = [];
  regions = ['eu-central-1'];
  failure?: Error;
  /** Runs while a search is under way. */
  meanwhile?: () => Promise<unknown>;
  readonly queries: UseQuery[] = [];
  readonly searches: ActivityQuery[] = [];

  async search(query: ActivityQuery): Promise<ActivityResult> {
    this.searches.push(query);
    const { coverage } = await this.answer();
    return { records: within(this.activity, query), coverage };
  }

  async searchUses(query: UseQuery): Promise<UseResult> {
    this.queries.push(query);
    const { coverage } = await this.answer();
    const records = within(this.records, query).filter(each =>
      query.accountIds.includes(String(each.recipientAccountId)),
    );
    return { records, coverage };
  }

  async probe() {
    return { ok: true, words: 'Scripted.' };
  }

  private async answer() {
    await this.meanwhile?.();
    if (this.failure) {
      throw this.failure;
    }
    return {
      coverage: {
        regions: this.regions,
        dataEvents: 'seen' as const,
        trailRunningAtEnd: true,
        unreadable: this.unreadable,
      },
    };
  }
}

function within(
  records: RawCloudTrailRecord[],
  { from, to }: { from: number; to: number },
): RawCloudTrailRecord[] {
  return records.filter(({ eventTime }) => {
    const at = Date.parse(String(eventTime));
    return at >= from && at < to;
  });
}

/** The room on a database, with the demo's configuration, accounts and people, at noon. */
export function unbrokeredRoom(
  database: Database,
  change: Partial<UnbrokeredConfig> = {},
) {
  const clock = new FakeClock(NOON);
  const { deps } = leaseServices({ database, clock, folder: '/nowhere' });
  const reader = new CatalogReader(
    catalogServiceMock({ entities: demoEntities() }),
    async () => mockCredentials.service(),
  );
  const config = {
    ...deps.config,
    review: { ...deps.config.review, settlingMinutes: 30 },
    unbrokered: {
      ...deps.config.unbrokered,
      lookEveryMinutes: 15,
      emergencyUsers: [
        { arn: SEALED_USER, title: 'Seal 1', owner: SEAL_HOLDERS },
      ],
      ...change,
    },
  };
  const source = new ScriptedUses();
  const logger = mockServices.logger.mock();
  const all = {
    ...deps,
    clock,
    config,
    source,
    logger,
    directory: new CatalogAccountDirectory(reader, config),
    wake: jest.fn(),
  };
  const scan = async (room = createUnbrokered(all)) =>
    room.scan.run(new AbortController().signal);
  return {
    ...all,
    scan,
    room: createUnbrokered(all),
    other: () => createUnbrokered(all),
  };
}

/** A stranger's AssumeRole of the break-glass role of the payroll account, five minutes before noon. */
export function aStrangersUse(
  facts: Partial<AssumeRoleFacts> = {},
): RawCloudTrailRecord {
  return anAssumeRoleRecord({
    at: NOON - 5 * 60_000,
    roleArn: ROLE_ARN,
    sessionName: 'mallory',
    issuedKeyId: 'ASIASTRANGER00000001',
    callerArn: 'arn:aws:iam::111122223333:user/mallory',
    ...facts,
  });
}

/** A sign-in of the emergency user, five minutes before noon. */
export function aSealedSignIn(change: RawCloudTrailRecord = {}) {
  return aConsoleLoginRecord({
    at: NOON - 5 * 60_000,
    userArn: SEALED_USER,
    change,
  });
}
