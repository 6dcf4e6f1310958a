import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { TrailRecord } from './TrailRecord';
import { TrailFile, trailFiles } from './trailFiles';

const DAY_MS = 24 * 3_600_000;

/** How long CloudTrail's event history reaches back, in milliseconds. */
export const HISTORY_MS = 90 * DAY_MS;

const dayOf = (ms: number) =>
  new Date(ms).toISOString().slice(0, 10).replaceAll('-', '/');

async function recordsIn(file: TrailFile): Promise<TrailRecord[]> {
  try {
    const text = gunzipSync(await readFile(file.path)).toString('utf8');
    const { Records } = JSON.parse(text) as { Records?: TrailRecord[] };
    return Array.isArray(Records) ? Records : [];
  } catch {
    // The history of AWS does not come from files: one that is damaged takes nothing else with it.
    return [];
  }
}

/** The management events of the last 90 days, read from the delivered files. */
export class EventHistory {
  /** Delivered files never change. */
  private readonly read = new Map<string, TrailRecord[]>();

  constructor(private readonly logDirectory: string) {}

  /**
   * The events of one account and region, newest first.
   * @param now - milliseconds
   */
  async events(
    accountId: string,
    region: string,
    now: number,
  ): Promise<TrailRecord[]> {
    const files = await trailFiles(this.logDirectory, {
      accountId,
      region,
      // Late files can lie under the next day.
      days: { first: dayOf(now - HISTORY_MS), last: dayOf(now + DAY_MS) },
    });
    const unique = new Map<string, TrailRecord>();
    for (const file of files) {
      for (const record of await this.recordsOf(file)) {
        const at = Date.parse(record.eventTime);
        const wanted = record.eventCategory !== 'Data';
        if (wanted && at >= now - HISTORY_MS && at <= now) {
          unique.set(record.eventID, record);
        }
      }
    }
    return [...unique.values()].sort(newestFirst);
  }

  private async recordsOf(file: TrailFile): Promise<TrailRecord[]> {
    const known = this.read.get(file.path);
    const records = known ?? (await recordsIn(file));
    this.read.set(file.path, records);
    return records;
  }
}

/** Orders by time, and by id within one second, so that pages never overlap. */
export function newestFirst(
  a: Pick<TrailRecord, 'eventTime' | 'eventID'>,
  b: Pick<TrailRecord, 'eventTime' | 'eventID'>,
): number {
  const later = Date.parse(b.eventTime) - Date.parse(a.eventTime);
  if (later !== 0) return later;
  return a.eventID < b.eventID ? -1 : Number(a.eventID > b.eventID);
}
