import { gzipSync } from 'node:zlib';
import { World } from '../world/World';
import { logFileName } from './logFileName';
import { TrailRecord } from './TrailRecord';
import { writeWhole } from './writeWhole';

const MAX_RECORDS_PER_FILE = 5_000;

interface Pending {
  record: TrailRecord;
  dueAt: number;
}

/** Collects records and delivers them to disk as gzip files, after a delay, as CloudTrail does. */
export class TrailWriter {
  private pending: Pending[] = [];
  private delivering: Promise<void> = Promise.resolve();

  constructor(
    private readonly world: World,
    private readonly logDirectory: string,
    private readonly deliveryDelayMs: number,
  ) {}

  /** Takes a record, if the account's trail records such events. */
  add(record: TrailRecord): void {
    const trail = this.world.accounts.get(record.recipientAccountId)?.trail;
    // The call that stops a trail is the last one that the trail records.
    const recording = trail?.logging || trail?.stoppedBy === record.requestID;
    const wanted = record.eventCategory === 'Management' || trail?.dataEvents;
    if (!trail || !recording || !wanted) return;
    this.pending.push({
      record,
      dueAt: this.world.clock.now() + this.deliveryDelayMs,
    });
  }

  /** Writes what is due by the sandbox's clock. */
  deliverDue(): Promise<void> {
    const now = this.world.clock.now();
    return this.deliver(entry => entry.dueAt <= now);
  }

  /** Writes everything, due or not. */
  deliverNow(): Promise<void> {
    return this.deliver(() => true);
  }

  private deliver(chosen: (entry: Pending) => boolean): Promise<void> {
    // One delivery after the other, so that a caller that waits for one finds everything on disk.
    const next = this.delivering
      .catch(() => {})
      .then(() => this.writeAll(chosen));
    this.delivering = next;
    return next;
  }

  private async writeAll(chosen: (entry: Pending) => boolean): Promise<void> {
    const batches = new Map<string, Pending[]>();
    for (const entry of this.pending.filter(chosen)) {
      const { recipientAccountId, awsRegion } = entry.record;
      const place = `${recipientAccountId} ${awsRegion}`;
      const batch = batches.get(place);
      if (batch) batch.push(entry);
      else batches.set(place, [entry]);
    }
    for (const batch of batches.values()) {
      for (let at = 0; at < batch.length; at += MAX_RECORDS_PER_FILE) {
        await this.writeFile(batch.slice(at, at + MAX_RECORDS_PER_FILE));
      }
    }
  }

  private async writeFile(batch: Pending[]): Promise<void> {
    const now = this.world.clock.now();
    const { recipientAccountId, awsRegion } = batch[0].record;
    const unique = this.world.identifiers.unique('', 16);
    const name = logFileName(recipientAccountId, awsRegion, now, unique);
    const records = batch.map(entry => entry.record);
    const content = gzipSync(JSON.stringify({ Records: records }));
    await writeWhole(this.logDirectory, name, content);
    const written = new Set(batch);
    this.pending = this.pending.filter(entry => !written.has(entry));
    const trail = this.world.accounts.get(recipientAccountId)?.trail;
    if (trail) trail.latestDeliveryAt = now;
  }
}
