import { createHash } from 'crypto';
import {
  ActivityEventRow,
  LeaseRow,
  Millis,
  ResidueRow,
} from '../../database/types';
import { text } from '../cloudTrailRecord';
import { line } from '../line';
import { Call } from './Call';
import { Made, Path } from './effect';
import { effectsOf } from './effects';

/** What names the account of a lease's own events. */
type OfLease = Pick<LeaseRow, 'id' | 'accountId'>;

/** Characters of the words and of the resource at most. */
const LONGEST_WORDS = 500;
const LONGEST_RESOURCE = 1_024;

/** Items of one lease at most; whoever makes more is asked about all of them at once. */
const MOST = 1_000;

interface Item {
  row: ResidueRow;
  paths: Path[];
}

/**
 * Gathers the residue of a lease (I14) from its events, given in the order of
 * time. Pure, and holds the items only: events can be streamed through it.
 */
export class Residue {
  private readonly items: Item[] = [];
  /** Open items by everything that their paths begin with, so that a removal finds those below. */
  private readonly below = new Map<string, Set<Item>>();
  private overflow?: ResidueRow;

  constructor(private readonly lease: OfLease) {}

  /** Takes the next event. A call that failed made and removed nothing. */
  add(event: ActivityEventRow): void {
    if (event.refused || event.errorCode !== undefined) {
      return;
    }
    const accountId = accountOf(event, this.lease.accountId);
    const call = new Call(event, accountId);
    const at = (path: Path) => [accountId, event.region, ...path];
    for (const { made = [], removed = [] } of effectsOf(call)) {
      removed.forEach(path => this.remove(event.at, at(path)));
      made.forEach(each => this.make(event, each, at));
    }
  }

  /** Everything that was made: `open`, or `gone` where a later event removed it. */
  rows(): ResidueRow[] {
    const rows = this.items.map(item => item.row);
    return this.overflow ? [...rows, this.overflow] : rows;
  }

  private make(
    event: ActivityEventRow,
    made: Made,
    at: (path: Path) => Path,
  ): void {
    const path = at(made.path);
    if (this.items.length === MOST) {
      this.overflow ??= overflowRow(this.lease.id, event);
      return;
    }
    this.replace(event.at, path);
    const item: Item = {
      paths: made.alsoAt ? [path, at(made.alsoAt)] : [path],
      row: residueRow(this.lease.id, event, made, path),
    };
    this.items.push(item);
    for (const id of item.paths.flatMap(startsOf)) {
      const items = this.below.get(id) ?? new Set();
      this.below.set(id, items.add(item));
    }
  }

  /** What is made again takes the place of the old: who judged that did not see this. */
  private replace(madeAt: Millis, path: Path): void {
    const id = idOf(path);
    for (const item of this.below.get(id) ?? []) {
      if (idOf(item.paths[0]) === id) {
        this.close(item, madeAt);
      }
    }
  }

  private remove(removedAt: Millis, path: Path): void {
    for (const item of this.below.get(idOf(path)) ?? []) {
      this.close(item, removedAt);
    }
  }

  /** CloudTrail tells time by the second: what was made in the same one may be there still. */
  private close(item: Item, at: Millis): void {
    if (item.row.at >= at) {
      return;
    }
    item.row = { ...item.row, state: 'gone' };
    for (const start of item.paths.flatMap(startsOf)) {
      this.below.get(start)?.delete(item);
    }
  }
}

/**
 * The residue of a lease: what its events made that can outlive it.
 * @param events - all of the lease's, in the order of time and id, as
 *   `stores.activity.all` gives them
 */
export async function residueOf(
  lease: OfLease,
  events: AsyncIterable<ActivityEventRow> | Iterable<ActivityEventRow>,
): Promise<ResidueRow[]> {
  const residue = new Residue(lease);
  for await (const event of events) {
    residue.add(event);
  }
  return residue.rows();
}

/** A call through another role changed something in that role's account. */
function accountOf(event: ActivityEventRow, own: string): string {
  return (
    text(event.record, 'recipientAccountId') ??
    text(event.record, 'userIdentity', 'accountId') ??
    event.accountId ??
    own
  );
}

function residueRow(
  leaseId: string,
  event: ActivityEventRow,
  made: Made,
  path: Path,
): ResidueRow {
  return {
    leaseId,
    // Made again is another item.
    key: keyOf([made.kind, ...path, event.eventId]),
    kind: made.kind,
    what: line(made.what, LONGEST_WORDS),
    resource: line(made.resource, LONGEST_RESOURCE),
    eventId: event.eventId,
    at: event.at,
    state: 'open',
  };
}

function overflowRow(leaseId: string, event: ActivityEventRow): ResidueRow {
  return {
    leaseId,
    key: keyOf(['more']),
    kind: 'other',
    what: `More than ${MOST} things were made: those that came later are not listed one by one`,
    resource: '',
    eventId: event.eventId,
    at: event.at,
    state: 'open',
  };
}

/** Everything that a path begins with, itself included. */
function startsOf(path: Path): string[] {
  return path.map((_, index) => idOf(path.slice(0, index + 1)));
}

/** Lists do not run into each other, whatever their parts hold. */
function idOf(parts: string[]): string {
  return JSON.stringify(parts);
}

function keyOf(parts: string[]): string {
  return createHash('sha256').update(idOf(parts)).digest('hex');
}
