import { Candidates, texts } from './candidates';
import { DuckDbEngine } from './DuckDbEngine';
import { Delivered } from './Findings';
import { sortFirehoseFiles } from './firehoseFiles';
import { LogDay, LogFile } from './LogListing';
import { LogProblem } from './logProblems';
import { FileKind, FileRows, readFiles } from './readFiles';
import { NOTHING, recordRows } from './recordRows';

/** What one file of a day holds. */
export interface FileFindings {
  file: LogFile;
  kind: FileKind;
  /** Candidates, as JSON text. */
  found: string[];
  /** By account id; everything that is in the file. */
  delivered: Map<string, Delivered>;
  /** Whether a record does not say its time. */
  untimed: boolean;
}

/** What the files of a day hold. */
export interface DayFindings {
  files: FileFindings[];
  problems: LogProblem[];
  /** Whether files were left unread, as there were candidates enough. */
  unread: boolean;
}

/** Looks through the files of one day, or of several days filed alike. */
export async function searchFiles(
  engine: DuckDbEngine,
  day: Pick<LogDay, 'layout' | 'accountId' | 'files'>,
  candidates: Candidates,
  signal: AbortSignal,
): Promise<DayFindings> {
  if (day.layout === 'trail') {
    return searchKind(engine, day, true, day.files, candidates, signal);
  }
  const { packed, plain, problems } = await sortFirehoseFiles(
    day.files,
    signal,
  );
  const parts = [
    await searchKind(engine, day, true, packed, candidates, signal),
    await searchKind(engine, day, false, plain, candidates, signal),
  ];
  return {
    files: parts.flatMap(({ files }) => files),
    problems: [...problems, ...parts.flatMap(part => part.problems)],
    unread: parts.some(({ unread }) => unread),
  };
}

async function searchKind(
  engine: DuckDbEngine,
  day: Pick<LogDay, 'layout' | 'accountId'>,
  compressed: boolean,
  files: LogFile[],
  candidates: Candidates,
  signal: AbortSignal,
): Promise<DayFindings> {
  const kind: FileKind = { layout: day.layout, compressed };
  const { from, to, accountIds, most = Infinity } = candidates;
  const reading = {
    ...kind,
    sql: searchSql(kind, candidates),
    values: {
      ...candidates.values,
      from: BigInt(Math.ceil(from)),
      to: BigInt(Math.ceil(to)),
      ...(day.layout === 'firehose' && { accounts: texts(accountIds) }),
    },
    isEnough: (given: FileRows[]) => foundIn(given) > most,
  };
  const { read, problems, unread } = await readFiles(
    engine,
    reading,
    files,
    signal,
  );
  const found = read.flatMap(rows => findingsOf(rows, kind, day.accountId));
  return {
    files: found.map(({ findings }) => findings),
    problems: [...problems, ...found.flatMap(({ problem }) => problem ?? [])],
    unread,
  };
}

/** How many candidates there are in what was read. */
function foundIn(read: FileRows[]): number {
  return read
    .flatMap(({ rows }) => rows)
    .reduce(
      (sum, row) => sum + ((row.found as string[] | null)?.length ?? 0),
      0,
    );
}

/**
 * One row for each file, and where files mix accounts, for each account and region
 * in it; a file without a row holds nothing at all.
 */
function searchSql(kind: FileKind, { fields, condition }: Candidates): string {
  const mixed = kind.layout === 'firehose';
  const account = mixed ? 'AND list_contains($accounts, account_id)' : '';
  const place = mixed ? 'file, account_id, region' : 'file';
  // Plain sums over cases: each FILTER would copy the records once more.
  return `
    SELECT ${place},
      sum(CASE WHEN is_record THEN 1 ELSE 0 END)::INTEGER AS records,
      sum(CASE WHEN is_record OR record = ${NOTHING} THEN 0 ELSE 1 END)::INTEGER AS foreign_records,
      max(CASE WHEN category = 'Data' THEN 1 ELSE 0 END) = 1 AS data_events,
      min(nullif(time_ms, -1))::DOUBLE AS first,
      max(nullif(time_ms, -1))::DOUBLE AS last,
      max(CASE WHEN is_record AND time_ms < 0 THEN 1 ELSE 0 END) = 1 AS untimed,
      list(hit) FILTER (hit IS NOT NULL) AS found
    FROM (SELECT *, CASE
        WHEN is_record AND ((time_ms >= $from AND time_ms < $to) OR time_ms < 0) ${account}
          AND ${condition} THEN record END AS hit
      FROM ${recordRows(kind.layout, kind.compressed, fields)})
    GROUP BY ${place}`;
}

function findingsOf(
  { files, rows }: FileRows,
  kind: FileKind,
  accountId: string | undefined,
): Array<{ findings: FileFindings; problem?: LogProblem }> {
  const byFile = new Map<string, Array<Record<string, unknown>>>();
  for (const row of rows) {
    const path = String(row.file);
    byFile.set(path, [...(byFile.get(path) ?? []), row]);
  }
  return files.map(file => {
    const own = byFile.get(file.path) ?? [];
    const delivered = new Map<string, Delivered>();
    own.forEach(row => addDelivered(delivered, row, file, accountId));
    const findings: FileFindings = {
      file,
      kind,
      found: own.flatMap(row => (row.found as string[] | null) ?? []),
      delivered,
      untimed: own.some(row => row.untimed),
    };
    return { findings, problem: problemOf(file, own) };
  });
}

/** Where a folder says account and region, it is believed; else the record. */
function addDelivered(
  delivered: Map<string, Delivered>,
  row: Record<string, unknown>,
  file: LogFile,
  accountId: string | undefined,
) {
  const account = accountId ?? (row.account_id as string | null | undefined);
  const region = file.region ?? (row.region as string | null | undefined);
  const records = Number(row.records);
  if (account && records > 0) {
    const one: Delivered = {
      regions: region ? [region] : [],
      records,
      dataEvents: row.data_events as boolean,
      first: row.first === null ? undefined : Number(row.first),
      last: row.last === null ? undefined : Number(row.last),
    };
    const known = delivered.get(account);
    delivered.set(account, known ? joined(known, one) : one);
  }
}

/** Both together. */
export function joined(a: Delivered, b: Delivered): Delivered {
  const times = [a.first, a.last, b.first, b.last].flatMap(at => at ?? []);
  return {
    regions: [...new Set([...a.regions, ...b.regions])].sort(),
    records: a.records + b.records,
    dataEvents: a.dataEvents || b.dataEvents,
    first: times.length ? Math.min(...times) : undefined,
    last: times.length ? Math.max(...times) : undefined,
  };
}

/** Digests and empty files give no rows instead of an error: they are told by their shape. */
function problemOf(
  { name }: LogFile,
  rows: Array<Record<string, unknown>>,
): LogProblem | undefined {
  if (rows.length === 0) {
    return { name, kind: 'empty', words: 'is empty' };
  }
  const count = (column: string) =>
    rows.reduce((sum, row) => sum + Number(row[column]), 0);
  const others = count('foreign_records');
  if (others === 0) {
    return undefined;
  }
  const words =
    count('records') === 0
      ? 'holds something else than CloudTrail records'
      : `holds entries that are not records (${others})`;
  return { name, kind: 'foreign', words };
}
