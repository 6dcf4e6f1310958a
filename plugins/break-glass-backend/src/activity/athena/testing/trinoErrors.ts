// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { TrinoSQL } from 'dt-sql-parser';

const parser = new TrinoSQL();

/** What Trino's grammar has against a query: nothing, where it is right. */
export function trinoErrors(sql: string): string[] {
  return parser.validate(sql).map(({ message }) => message);
}
