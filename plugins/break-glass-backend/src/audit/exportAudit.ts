import { AuditRow, AuditStore } from '../database/types';
import { csvCell } from './csvCell';

/** Which entries: as in the list of the audit log. */
export type AuditFilter = Parameters<AuditStore['list']>[0];
export type ExportFormat = 'csv' | 'jsonl';

const BATCH = 500;
const COLUMNS = [
  'seq',
  'at',
  'actor',
  'action',
  'outcome',
  'leaseId',
  'accountRef',
  'code',
  'details',
  'prevHash',
  'hash',
] as const;

/**
 * The entries that fit the filter, newest first, as text to be sent piece by
 * piece; at most a batch of them is in memory.
 */
export async function* exportAudit(
  audit: AuditStore,
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') {
    yield `${COLUMNS.map(csvCell).join(',')}\r\n`;
  }
  const write = format === 'csv' ? csvLine : jsonLine;
  let beforeSeq: number | undefined;
  let batch: AuditRow[];
  do {
    batch = await audit.list(filter, { limit: BATCH, beforeSeq });
    if (batch.length > 0) {
      yield batch.map(write).join('');
      beforeSeq = batch[batch.length - 1].seq;
    }
  } while (batch.length === BATCH);
}

/** The entry with its instant in ISO 8601. */
function exported(row: AuditRow): Record<(typeof COLUMNS)[number], unknown> {
  const { seq, actor, action, outcome, leaseId, accountRef, code } = row;
  const { details, prevHash, hash } = row;
  const at = new Date(row.at).toISOString();
  const who = { seq, at, actor, action, outcome, leaseId, accountRef, code };
  return { ...who, details, prevHash, hash };
}

function csvLine(row: AuditRow): string {
  const values = { ...exported(row), details: JSON.stringify(row.details) };
  const cells = COLUMNS.map(name =>
    csvCell(values[name] as string | number | undefined),
  );
  return `${cells.join(',')}\r\n`;
}

function jsonLine(row: AuditRow): string {
  return `${JSON.stringify(exported(row))}\n`;
}
