import { AthenaLogConfig } from '../../config/athenaConfig';
import { unavailableError } from '../../errors';
import { nameOf } from './failures';

const MB = 1024 ** 2;

/** For a query that scanned more than is allowed. */
export function tooMuchScanned(log: AthenaLogConfig, id: string): Error {
  return unavailableError(
    'log-source-unavailable',
    `A query of the log ${nameOf(log)} was given up after it scanned ${
      log.maxBytesPerQuery / MB
    } MB. Check that the table is partitioned as docs/aws-side.md says, or raise maxBytesPerQuery. The query is ${id}.`,
  );
}

/** For a query that did not end in time. */
export function tooSlow(log: AthenaLogConfig, id: string): Error {
  return unavailableError(
    'log-source-unavailable',
    `A query of the log ${nameOf(log)} was given up after ${
      log.timeoutMs / 1_000
    } s. Look again in a few minutes; where it stays slow, check the partitions of the table, or raise timeout. The query is ${id}.`,
  );
}

/** For a query that found more than can be kept. @param most - rows that can be */
export function tooManyRows(
  log: AthenaLogConfig,
  id: string,
  most: number,
): Error {
  return unavailableError(
    'log-source-unavailable',
    `A query of the log ${nameOf(
      log,
    )} found more than ${most} records. Ask for a shorter time. The query is ${id}.`,
  );
}
