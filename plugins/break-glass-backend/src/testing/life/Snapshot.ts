import { existsSync, readFileSync } from 'fs';
import { LifeDatabase } from './LifeDatabase';

/** A row as it stands in the database. */
export type Row = Record<string, any>;

/** Everything that is stored, at one moment, read past our own stores. */
export interface Snapshot {
  /** All tables, by name. */
  tables: Record<string, Row[]>;
  /** By id. */
  leases: Map<string, Row>;
  sessions: Map<string, Row>;
  decisions: Row[];
  extensions: Map<string, Row>;
  extensionDecisions: Row[];
  panics: Map<string, Row>;
  reviews: Row[];
  /** In their order. */
  audit: Row[];
  /** Messages, parsed. */
  outbox: Array<Row & { message: Row }>;
  /** Entries that wait on disk for the audit log, each once. */
  spooled: Row[];
}

const TABLES = `SELECT name FROM sqlite_master WHERE type = 'table'
  AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'knex%'`;

/** Reads everything. */
export function takeSnapshot(
  database: LifeDatabase,
  spoolFile: string,
): Snapshot {
  const tables: Record<string, Row[]> = Object.fromEntries(
    database
      .rows(TABLES)
      .map(({ name }) => [name, database.rows(`SELECT * FROM ${name}`)]),
  );
  const byId = (rows: Row[]) => new Map(rows.map(row => [row.id, row]));
  const audit = tables.audit_log.sort((a, b) => a.seq - b.seq);
  return {
    tables,
    leases: byId(tables.leases),
    sessions: byId(tables.sessions),
    decisions: tables.decisions,
    extensions: byId(tables.extensions),
    extensionDecisions: tables.extension_decisions,
    panics: byId(tables.panics),
    reviews: tables.reviews,
    audit,
    outbox: tables.outbox.map(row => ({
      ...row,
      message: JSON.parse(row.message),
    })),
    spooled: spooledEntries(spoolFile, audit),
  };
}

/** Without those that a replay wrote before it was cut off. */
function spooledEntries(file: string, audit: Row[]): Row[] {
  return [file, `${file}.replaying`]
    .filter(existsSync)
    .flatMap(each => readFileSync(each, 'utf8').split('\n'))
    .filter(Boolean)
    .map(line => JSON.parse(line))
    .filter(
      ({ spoolId }) => !audit.some(({ details }) => details.includes(spoolId)),
    )
    .map(({ event }) => event);
}

/** What the clock says of a lease; written anew here, so that it is not the product's word. */
export function statusOf(lease: Row, now: number): string {
  if (lease.status === 'pending') {
    return now < lease.lapses_at ? 'pending' : 'lapsed';
  }
  if (lease.status !== 'approved') {
    return lease.status;
  }
  if (now >= lease.expires_at) {
    return 'expired';
  }
  return now >= lease.active_from ? 'active' : 'scheduled';
}
