import { RawCloudTrailRecord } from 'backstage-plugin-break-glass-node';
import { RecordColumn } from './sql/columns';

/** Types of events that say whether they are of management, where the table does not. */
const WITH_CATEGORY =
  /^(?:AwsApiCall|AwsConsoleAction|AwsConsoleSignIn|AwsServiceEvent)$/;

/**
 * A row of a result as the CloudTrail record that it was, in the shape of a trail's
 * file: names in camel case, JSON read, nothing where there was nothing.
 * @param row - one text for each column; undefined for NULL
 */
export function toRecord(
  columns: readonly RecordColumn[],
  row: readonly (string | undefined)[],
): RawCloudTrailRecord {
  const record: RawCloudTrailRecord = {};
  columns.forEach((column, index) => {
    const text = row[index];
    if (text !== undefined) {
      put(record, column.path, valueOf(column, text));
    } else if (column.nullable) {
      put(record, column.path, null);
    }
  });
  return withManagementEvent(record);
}

function valueOf({ kind }: RecordColumn, text: string): unknown {
  switch (kind) {
    case 'json':
      return parsed(text);
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : text;
    case 'resources':
      return resourcesOf(parsed(text));
    default:
      return text;
  }
}

/** A text that is no JSON stays a text: what was cut is evidence, too. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const RESOURCE_MEMBERS = ['ARN', 'accountId', 'type'];

/** Athena writes a struct as an object with names in lower case; older engines as a list of its fields. */
function resourcesOf(value: unknown): unknown {
  if (!Array.isArray(value)) {
    return value;
  }
  return value.map(each => {
    const fields = RESOURCE_MEMBERS.map((name, index) => [
      name,
      Array.isArray(each) ? each[index] : each?.[name.toLowerCase()],
    ]);
    return Object.fromEntries(
      fields.filter(([, field]) => field !== null && field !== undefined),
    );
  });
}

/** The table of AWS has no column for it, but the category says the same. */
function withManagementEvent(record: RawCloudTrailRecord): RawCloudTrailRecord {
  const { eventCategory: category, eventType, managementEvent } = record;
  return managementEvent === undefined &&
    typeof category === 'string' &&
    WITH_CATEGORY.test(String(eventType))
    ? { ...record, managementEvent: category === 'Management' }
    : record;
}

function put(
  record: RawCloudTrailRecord,
  path: readonly string[],
  value: unknown,
): void {
  let parent = record;
  for (const name of path.slice(0, -1)) {
    parent[name] ??= {};
    parent = parent[name] as RawCloudTrailRecord;
  }
  parent[path[path.length - 1]] = value;
}
