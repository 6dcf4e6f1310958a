import { lstat, rm } from 'fs/promises';
import { join } from 'path';
import { DuckDbEngine } from '../DuckDbEngine';
import { batchesOf, boundFiles, FileKind } from '../readFiles';
import { Field, recordRows } from '../recordRows';
import { FileFindings } from '../searchFiles';
import { sha256Of } from './checkSums';
import { aPartName, KeptPart } from './KeptDay';
import { redactedRecord } from './redactedRecord';

/** All that any search looks at. */
export const KEPT_FIELDS: Field[] = [
  'event_name',
  'arn',
  'source_identity',
  'assumed_role',
  'assumed_name',
  'issued_key',
];
/** Small enough to skip what lies outside of a lease: the least that DuckDB writes together. */
const ROWS_TOGETHER = 2_048;

/**
 * Writes the records of files as Parquet. Nothing refers to the parts yet.
 * @throws Error where they cannot all be written; none is left then.
 */
export async function writeParts(
  engine: DuckDbEngine,
  folder: string,
  key: string,
  files: FileFindings[],
  signal: AbortSignal,
): Promise<KeptPart[]> {
  const parts: KeptPart[] = [];
  const begun: string[] = [];
  try {
    for (const { kind, batch } of batches(files)) {
      const name = aPartName(key, begun.length);
      begun.push(name);
      const target = join(folder, name);
      const bound = await boundFiles(kind, batch);
      await engine.query(copySql(kind), { ...bound, target }, signal);
      const { size } = await lstat(target);
      parts.push({ name, size, sha256: await sha256Of(target) });
    }
    return parts;
  } catch (error) {
    await Promise.all(
      begun.map(name => rm(join(folder, name), { force: true })),
    );
    throw error;
  }
}

/** Files that one statement reads, kind by kind. */
function batches(files: FileFindings[]) {
  const kinds = new Map<string, { kind: FileKind; files: FileFindings[] }>();
  for (const each of files) {
    const name = `${each.kind.layout} ${each.kind.compressed}`;
    const known = kinds.get(name) ?? { kind: each.kind, files: [] };
    known.files.push(each);
    kinds.set(name, known);
  }
  return [...kinds.values()].flatMap(({ kind, files: same }) =>
    batchesOf(
      same.map(({ file }) => file),
      kind.layout,
    ).map(batch => ({ kind, batch })),
  );
}

function copySql({ layout, compressed }: FileKind): string {
  return `
    COPY (
      SELECT time_ms, account_id, ${KEPT_FIELDS.join(', ')},
        ${redactedRecord('record')} AS record
      FROM ${recordRows(layout, compressed, KEPT_FIELDS)}
      WHERE is_record
    ) TO $target
    (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${ROWS_TOGETHER})`;
}
