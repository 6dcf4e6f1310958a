import { ActivityCoverage } from 'backstage-plugin-break-glass-node';
import { AthenaLogConfig } from '../../config/athenaConfig';
import { instant } from '../cloudTrailRecord';
import { nameOf } from './failures';
import { QueryRows } from './QueryRunner';
import { CATEGORY, SOURCE_IDENTITY } from './sql/columns';
import { TableShape } from './TableShape';

/** What one log has of the days of a query, from the rows of `coverageStatement`. */
export function coverageOf(
  { rows }: Pick<QueryRows, 'rows'>,
  log: AthenaLogConfig,
  shape: TableShape,
  asked: { accountIds: readonly string[]; to: number },
): ActivityCoverage {
  const latest = rows.map(([, , at]) => instant(at) ?? -Infinity);
  return {
    regions: rows.flatMap(([region]) => region ?? []),
    dataEvents: dataEventsOf(rows, shape),
    trailRunningAtEnd: latest.some(at => at >= asked.to),
    unreadable: shape
      .leftOut(log, asked.accountIds)
      .map(
        id =>
          `The log ${nameOf(
            log,
          )} leaves out the account ${id}. Add it to projection.${
            log.partitionColumns.account
          }.values of the table.`,
      ),
    blindSpots: blindSpotsOf(log, shape),
  };
}

function dataEventsOf(
  rows: QueryRows['rows'],
  shape: TableShape,
): ActivityCoverage['dataEvents'] {
  if (!shape.has(CATEGORY)) {
    return 'unknown';
  }
  return rows.some(([, count]) => Number(count ?? 0) > 0) ? 'seen' : 'not-seen';
}

function blindSpotsOf(log: AthenaLogConfig, shape: TableShape): string[] {
  return [
    ...(shape.has(SOURCE_IDENTITY)
      ? []
      : [
          'The table has no column for source identities, so that calls under roles assumed from a session are found only where their AssumeRole record names them.',
        ]),
    ...(log.layout === 'firehose'
      ? [
          'The log holds only what the subscription filter of its log group lets through.',
          'Records of more than 256 KB never reach CloudWatch Logs, and are not in the log.',
        ]
      : []),
    ...(log.regions
      ? [`Only these regions were read: ${log.regions.join(', ')}.`]
      : []),
  ];
}

/** For accounts whose logs are in no table that is configured. */
export function notCovered(accountIds: readonly string[]): ActivityCoverage {
  return {
    regions: [],
    dataEvents: 'unknown',
    trailRunningAtEnd: false,
    unreadable: accountIds.map(
      id =>
        `No log is configured for the account ${id}. Add the table that holds it under breakGlass.activity.athena.`,
    ),
  };
}

/** Of several logs, and of several queries of one: each costs. */
export function mergedCoverage(
  parts: readonly ActivityCoverage[],
  bytesScanned: number,
): ActivityCoverage {
  const all = (pick: (part: ActivityCoverage) => string[] | undefined) =>
    [...new Set(parts.flatMap(part => pick(part) ?? []))].sort();
  return {
    regions: all(part => part.regions),
    dataEvents:
      (['seen', 'not-seen'] as const).find(state =>
        parts.some(({ dataEvents }) => dataEvents === state),
      ) ?? 'unknown',
    trailRunningAtEnd: parts.some(part => part.trailRunningAtEnd),
    unreadable: all(part => part.unreadable),
    blindSpots: all(part => part.blindSpots),
    bytesScanned,
    ...(parts.some(({ truncated }) => truncated) && { truncated: true }),
  };
}
