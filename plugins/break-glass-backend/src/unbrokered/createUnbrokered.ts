import { LoggerService } from '@backstage/backend-plugin-api';
import { ActivitySource } from 'backstage-plugin-break-glass-node';
import { AccountDirectory } from '../accounts/types';
import { LeaseDependencies } from '../leases/dependencies';
import { recordImpostors } from './recordImpostors';
import { TopicListener } from './TopicListener';
import { UnbrokeredScan } from './UnbrokeredScan';
import { UnbrokeredService } from './UnbrokeredService';
import { UseCollector } from './UseCollector';
import { UseQueries } from './UseQueries';
import { UseRecorder } from './UseRecorder';
import { UseReminders } from './UseReminders';
import { WatchedAccounts } from './WatchedAccounts';

/** Everything about unbrokered use. */
export type Unbrokered = ReturnType<typeof createUnbrokered>;

/** Puts the room together. */
export function createUnbrokered(
  deps: LeaseDependencies & {
    directory: AccountDirectory;
    logger: LoggerService;
    source: ActivitySource;
  },
) {
  const recorder = new UseRecorder(deps);
  const accounts = new WatchedAccounts(deps);
  const finding = { ...deps, recorder, accounts };
  return {
    scan: new UnbrokeredScan(finding),
    topic: new TopicListener(finding),
    onUnbrokered: recordImpostors(finding),
    collector: new UseCollector(deps),
    reminders: new UseReminders(deps),
    service: new UnbrokeredService(deps),
    queries: new UseQueries(deps),
  };
}
