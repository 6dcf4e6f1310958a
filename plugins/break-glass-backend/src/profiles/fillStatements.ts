import { StatementConfig } from '../config/types';
import { fillVariables } from '../config/variables';

type Values = Readonly<Record<string, string>>;

/**
 * Statements with their variables filled in. Values go into parsed texts of resources and
 * conditions only, so they can change neither the form of the policy nor its actions.
 */
export function fillStatements(
  statements: StatementConfig[],
  values: Values,
): StatementConfig[] {
  const fill = (text: string) => fillVariables(text, values);
  return statements.map(statement => ({
    ...statement,
    ...(statement.Resource !== undefined && {
      Resource: mapTexts(statement.Resource, fill),
    }),
    ...(statement.NotResource !== undefined && {
      NotResource: mapTexts(statement.NotResource, fill),
    }),
    ...(statement.Condition !== undefined && {
      Condition: mapValues(statement.Condition, keys =>
        mapValues(keys, value => mapTexts(value, fill)),
      ),
    }),
  }));
}

function mapTexts(
  value: string | string[],
  map: (text: string) => string,
): string | string[] {
  return Array.isArray(value) ? value.map(map) : map(value);
}

function mapValues<A, B>(
  record: Record<string, A>,
  map: (value: A) => B,
): Record<string, B> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, map(value)]),
  );
}
