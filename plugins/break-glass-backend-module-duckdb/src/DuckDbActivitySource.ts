import {
  ActivityQuery,
  ActivityResult,
  ActivitySource,
  RawCloudTrailRecord,
} from 'backstage-plugin-break-glass-node';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import { DuckDbEngine } from './DuckDbEngine';
import { assertListable, listLogFiles, LogFile } from './logFolders';
import { DuckDbOptions } from './readOptions';
import { FileFindings, searchFile } from './searchFile';

/** Files that one search has under way at the same time. */
const FILES_AT_ONCE = 2;

/**
 * Finds CloudTrail records in a trail's files on disk: file by file, because one
 * bad file would fail a whole glob, and only in the folders of the account and
 * the days of the query.
 */
export class DuckDbActivitySource implements ActivitySource {
  readonly id = 'duckdb';
  readonly title = 'CloudTrail files on disk';
  private readonly engine: DuckDbEngine;

  constructor(private readonly options: DuckDbOptions) {
    this.engine = new DuckDbEngine(options);
  }

  /** {@inheritDoc ActivitySource.search} */
  async search(
    query: ActivityQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<ActivityResult> {
    const listing = await listLogFiles(this.options.root, query);
    const outcomes = await this.searchFiles(listing.files, query, signal);
    const read = outcomes.filter(outcome => outcome.findings);
    return {
      records: read.flatMap(({ findings }) =>
        findings!.found.map(text => JSON.parse(text) as RawCloudTrailRecord),
      ),
      coverage: {
        regions: regionsOf(read),
        dataEvents: read.some(({ findings }) => findings!.dataEvents)
          ? 'seen'
          : 'not-seen',
        trailRunningAtEnd: read.some(
          ({ findings }) => (findings!.latest ?? -Infinity) >= query.to,
        ),
        filesRead: read.length,
        unreadable: [
          ...listing.unreadable,
          ...outcomes.flatMap(outcome => outcome.problem ?? []),
        ].sort(),
      },
    };
  }

  /** {@inheritDoc ActivitySource.probe} */
  async probe(): Promise<{ ok: boolean; words: string }> {
    try {
      await assertListable(this.options.root);
      const signal = AbortSignal.timeout(10_000);
      await this.engine.query('SELECT 1', {}, signal);
      return { ok: true, words: `Reads the files below ${this.options.root}.` };
    } catch (error) {
      return { ok: false, words: `${reasonOf(error)}.` };
    }
  }

  /** Interrupts what runs and closes DuckDB. */
  async close(): Promise<void> {
    await this.engine.close();
  }

  /** Outcomes in the order of the files, whatever finishes first. */
  private async searchFiles(
    files: LogFile[],
    query: ActivityQuery,
    signal: AbortSignal,
  ): Promise<FileOutcome[]> {
    const outcomes: FileOutcome[] = new Array(files.length);
    let next = 0;
    const worker = async () => {
      while (next < files.length) {
        const index = next++;
        try {
          outcomes[index] = await this.searchOne(files[index], query, signal);
        } catch (error) {
          next = files.length;
          throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: FILES_AT_ONCE }, worker));
    return outcomes;
  }

  /** One bad file is reported by name and fails nothing else. */
  private async searchOne(
    file: LogFile,
    query: ActivityQuery,
    signal: AbortSignal,
  ): Promise<FileOutcome> {
    signal.throwIfAborted();
    try {
      const findings = await searchFile(this.engine, file.path, query, signal);
      const problem = findings.problem && `${file.name}: ${findings.problem}`;
      return { file, findings, problem };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ServiceUnavailableError) {
        throw error;
      }
      return { file, problem: `${file.name}: ${readingProblem(error)}` };
    }
  }
}

interface FileOutcome {
  file: LogFile;
  findings?: FileFindings;
  problem?: string;
}

function regionsOf(outcomes: FileOutcome[]): string[] {
  const regions = outcomes
    .filter(({ findings }) => findings!.records > 0)
    .map(({ file }) => file.region);
  return [...new Set(regions)].sort();
}

/** DuckDB's messages quote the statement and the path: people get the reason only. */
function readingProblem(error: unknown): string {
  const message = reasonOf(error);
  if (message.includes('GZIP')) {
    return 'is damaged';
  }
  if (
    message.includes('Malformed JSON') ||
    message.includes('JSON transform')
  ) {
    return 'is cut off or is not JSON with CloudTrail records';
  }
  if (message.includes('maximum_object_size')) {
    return 'is larger than it says';
  }
  if (message.startsWith('is ') || message.startsWith('unpacks ')) {
    return message;
  }
  const code = (error as NodeJS.ErrnoException).code;
  return code ? `cannot be opened (${code})` : 'cannot be read';
}

function reasonOf(error: unknown): string {
  return isError(error) ? error.message : String(error);
}
