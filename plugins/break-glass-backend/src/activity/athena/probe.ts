import { GetWorkGroupCommand, WorkGroup } from '@aws-sdk/client-athena';
import { orAborted } from 'backstage-plugin-break-glass-node';
import { AthenaLogConfig } from '../../config/athenaConfig';
import { AthenaCalls } from './AthenaCalls';
import { nameOf } from './failures';
import { tableProblems } from './tableProblems';
import { TableShapes } from './TableShapes';

/** Health waits no longer than this for all logs together, in milliseconds. */
const PATIENCE_MS = 10_000;
const MB = 1024 ** 2;

/** What is wrong with a log: `problems` keep evidence from being whole, `advice` does not. */
interface Findings {
  problems: string[];
  advice: string[];
}

/** Whether every log can be read, and what mends what is wrong. */
export async function probe(
  logs: readonly AthenaLogConfig[],
  calls: AthenaCalls,
  shapes: TableShapes,
): Promise<{ ok: boolean; words: string }> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const found = await Promise.all(
    logs.flatMap(log => [
      guarded(log, signal, async () =>
        workgroupFindings(log, await workgroup(log, calls, signal)),
      ),
      guarded(log, signal, async () => ({
        problems: tableProblems(log, await shapes.now(log, signal)),
        advice: [],
      })),
    ]),
  );
  const problems = [...new Set(found.flatMap(each => each.problems))];
  const advice = found.flatMap(each => each.advice);
  const first = problems.length ? problems : logs.map(wordsOf);
  return { ok: problems.length === 0, words: [...first, ...advice].join(' ') };
}

/** A look that fails is a problem of its own, in words. */
async function guarded(
  log: AthenaLogConfig,
  signal: AbortSignal,
  look: () => Promise<Findings>,
): Promise<Findings> {
  try {
    return await orAborted(look(), signal);
  } catch (error) {
    return { problems: [reasonOf(error, log, signal)], advice: [] };
  }
}

async function workgroup(
  log: AthenaLogConfig,
  calls: AthenaCalls,
  signal: AbortSignal,
): Promise<WorkGroup> {
  const { WorkGroup: found } = await calls.make(
    log,
    'athena:GetWorkGroup',
    client =>
      client.send(new GetWorkGroupCommand({ WorkGroup: log.workgroup }), {
        abortSignal: signal,
      }),
    signal,
  );
  return found ?? { Name: log.workgroup };
}

function workgroupFindings(
  log: AthenaLogConfig,
  { State, Configuration }: WorkGroup,
): Findings {
  const name = `The workgroup ${log.workgroup} of the account ${log.accountId}`;
  const cutoff = Configuration?.BytesScannedCutoffPerQuery;
  const results =
    Configuration?.ResultConfiguration?.OutputLocation ||
    Configuration?.ManagedQueryResultsConfiguration?.Enabled;
  const problems = [
    ...(State === 'DISABLED' ? [`${name} is disabled: enable it.`] : []),
    ...(results
      ? []
      : [
          `${name} has no place for results: set its query result location to a bucket that the portal's credentials may write.`,
        ]),
  ];
  const limited = cutoff !== undefined && cutoff <= log.maxBytesPerQuery;
  const lets = cutoff === undefined ? 'any amount' : `${cutoff / MB} MB`;
  return {
    problems,
    advice: limited
      ? []
      : [
          `${name} lets a query scan ${lets}, and the portal gives up only while it looks: set the per-query data usage control to ${
            log.maxBytesPerQuery / MB
          } MB (maxBytesPerQuery) or less.`,
        ],
  };
}

function reasonOf(
  error: unknown,
  log: AthenaLogConfig,
  signal: AbortSignal,
): string {
  return signal.aborted
    ? `The log ${nameOf(log)} did not answer within ${
        PATIENCE_MS / 1_000
      } s. Check that the portal reaches Athena in ${log.region}.`
    : (error as Error).message;
}

function wordsOf(log: AthenaLogConfig): string {
  return `Reads ${nameOf(log)} in ${log.region} with the workgroup ${
    log.workgroup
  }, at most ${log.maxBytesPerQuery / MB} MB a query.`;
}
