import { Service } from '../Operation';
import { catalogOperations } from './catalog';
import { getQueryResults } from './getQueryResults';
import { getQueryExecution, stopQueryExecution } from './queryExecution';
import { startQueryExecution } from './startQueryExecution';

/** Athena: SELECT over the delivered files, with the limits of AWS. */
export const athena: Service = {
  name: 'athena',
  protocol: 'json',
  operations: {
    ...catalogOperations,
    GetQueryExecution: getQueryExecution,
    GetQueryResults: getQueryResults,
    StartQueryExecution: startQueryExecution,
    StopQueryExecution: stopQueryExecution,
  },
};
