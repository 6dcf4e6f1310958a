import {
  DuckDBScalarFunction,
  DuckDBScalarMainFunction,
  VARCHAR,
} from '@duckdb/node-api';
import { redact } from 'backstage-plugin-break-glass-node';

const NAME = 'redacted_record';

/**
 * The text of a record without secrets, as SQL: nothing secret is written to
 * disk again (I10). By the rule of the whole plugin, so that a record that was
 * kept and one that is read anew are the same evidence.
 */
export function redactedRecord(column: string): string {
  return `${NAME}(${column})`;
}

function redactedText(record: string): string {
  return JSON.stringify(redact(JSON.parse(record)));
}

/** A statement fails with what is thrown here: then nothing is kept. */
const redactRows: DuckDBScalarMainFunction = (_, input, output) => {
  const records = input.getColumnVector(0);
  for (let row = 0; row < input.rowCount; row++) {
    output.setItem(row, redactedText(String(records.getItem(row))));
  }
  output.flush();
};

/** What DuckDB calls for {@link redactedRecord}; to be registered once. */
export function redactedRecordFunction(): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name: NAME,
    parameterTypes: [VARCHAR],
    returnType: VARCHAR,
    mainFunction: redactRows,
  });
}
