import { ServiceUnavailableError } from '@backstage/errors';
import { RawCloudTrailRecord } from 'backstage-plugin-break-glass-node';
import { EventHistory } from './EventHistory';
import { AccountPlace } from './ReaderCredentials';
import { RegionFindings, RegionTask, searchRegion } from './searchRegion';

/** What an account's event history holds, over all regions that were looked in. */
export interface AccountFindings {
  /** Each once. */
  records: RawCloudTrailRecord[];
  /** Regions that delivered anything in that time, sorted. */
  regions: string[];
  /** Whether anything was delivered at or after the end. */
  runningAtEnd: boolean;
  unreadable: string[];
}

/**
 * Looks through the regions of an account side by side: each has a pace of its own.
 * @param now - epoch milliseconds
 * @throws ServiceUnavailableError where no region can be read; the signal's reason
 */
export async function searchAccount(
  history: EventHistory,
  place: AccountPlace,
  regions: string[],
  task: RegionTask & { now: number },
  signal: AbortSignal,
): Promise<AccountFindings> {
  const findings = await Promise.all(
    regions.map(region =>
      searchRegion(history, { ...place, region }, task, signal),
    ),
  );
  const unreadable = findings.flatMap(({ problems }) => problems);
  if (!findings.some(({ read, delivered }) => read || delivered)) {
    throw new ServiceUnavailableError(unreadable.join(' '));
  }
  return {
    records: eachOnce(findings.flatMap(({ records }) => records)),
    regions: findings
      .filter(({ delivered }) => delivered)
      .map(({ region }) => region)
      .sort(),
    runningAtEnd:
      task.to <= task.now &&
      (await isRunning(history, place, findings, task.to, signal)),
    unreadable,
  };
}

/** Asks for any event since; regions that have delivered are the likeliest to have one. */
async function isRunning(
  history: EventHistory,
  place: AccountPlace,
  findings: RegionFindings[],
  since: number,
  signal: AbortSignal,
): Promise<boolean> {
  const from = Math.ceil(since / 1_000) * 1_000;
  const likeliest = findings
    .filter(({ read }) => read)
    .sort((a, b) => Number(b.delivered) - Number(a.delivered));
  for (const { region } of likeliest) {
    try {
      if (await history.holdsAny({ ...place, region }, { from }, signal)) {
        return true;
      }
    } catch {
      // A region that stopped answering shows nothing: then it is not claimed.
      signal.throwIfAborted();
    }
  }
  return false;
}

/** Several lookups find the same record. */
export function eachOnce(
  records: RawCloudTrailRecord[],
): RawCloudTrailRecord[] {
  const byId = new Map(
    records.map(record => [
      typeof record.eventID === 'string'
        ? record.eventID
        : JSON.stringify(record),
      record,
    ]),
  );
  return [...byId.values()];
}
