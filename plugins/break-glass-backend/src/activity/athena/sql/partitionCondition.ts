import { AthenaLogConfig, DayColumns } from '../../../config/athenaConfig';
import { daysToRead } from '../days';
import { allOf, anyOf, bound, Condition, isOneOf } from './condition';
import { expressionOf } from './columns';

/** Which part of a log is read. */
export interface Extent {
  /** 12 digits each. */
  accountIds: readonly string[];
  /** Epoch milliseconds, inclusive. */
  from: number;
  /** Epoch milliseconds, exclusive. */
  to: number;
}

/**
 * Names the partitions to read: without it Athena would read, and charge for, the
 * whole table. A stream is not partitioned by account: there the record says whose it is.
 */
export function partitionCondition(
  log: AthenaLogConfig,
  { accountIds, from, to }: Extent,
): Condition {
  const { account, region, day } = log.partitionColumns;
  const days = dayCondition(day, daysToRead(from, to));
  if (log.layout === 'firehose') {
    return allOf([days, isOneOf('"recipientaccountid"', accountIds)]);
  }
  const regions = log.regions && isOneOf(expressionOf(region), log.regions);
  return allOf([
    isOneOf(expressionOf(account), accountIds),
    ...(regions ? [regions] : []),
    days,
  ]);
}

function dayCondition(columns: DayColumns, days: readonly string[]): Condition {
  if ('column' in columns) {
    const { column, format } = columns;
    const written = (day: string) =>
      format === 'yyyy/MM/dd' ? day.replaceAll('-', '/') : day;
    return bound(
      `${expressionOf(column)} BETWEEN ? AND ?`,
      written(days[0]),
      written(days[days.length - 1]),
    );
  }
  const months = [...new Set(days.map(day => day.slice(0, 7)))];
  return anyOf(
    months.map(month =>
      allOf([
        bound(`${expressionOf(columns.year)} = ?`, month.slice(0, 4)),
        bound(`${expressionOf(columns.month)} = ?`, month.slice(5)),
        isOneOf(
          expressionOf(columns.day),
          days
            .filter(each => each.startsWith(month))
            .map(each => each.slice(8)),
        ),
      ]),
    ),
  );
}
