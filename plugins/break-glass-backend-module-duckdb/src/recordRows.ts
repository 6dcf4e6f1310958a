import { LogLayout } from './LogListing';

/** A column of what is read from a record, by its place in the JSON. */
export const FIELDS = {
  event_name: '$.eventName',
  event_time: '$.eventTime',
  category: '$.eventCategory',
  arn: '$.userIdentity.arn',
  source_identity: '$.userIdentity.sessionContext.sourceIdentity',
  assumed_role: '$.requestParameters.roleArn',
  assumed_name: '$.requestParameters.roleSessionName',
  issued_key: '$.responseElements.credentials.accessKeyId',
  user_account: '$.userIdentity.accountId',
  recipient: '$.recipientAccountId',
  record_region: '$.awsRegion',
} as const;

/** Name of such a column. */
export type Field = keyof typeof FIELDS;

/** What says where and when a record belongs. Where files mix accounts, the record says it. */
export const PLACE_FIELDS: Record<LogLayout, Field[]> = {
  trail: ['event_name', 'event_time', 'category'],
  firehose: [
    'event_name',
    'event_time',
    'category',
    'user_account',
    'recipient',
    'record_region',
  ],
};

/** Bound by each statement over {@link recordRows}. */
export interface RecordRowsValues {
  /** Absolute paths; their names hold nothing that is a pattern. */
  files: string[];
  /** Size of the largest JSON object, in bytes. */
  buffer: number;
}

/** Stands for a document without records; no JSON text is empty. */
export const NOTHING = `''`;

/** One row for each document's record: `file` and `record`. */
const DOCUMENTS: Record<LogLayout, (compression: string) => string> = {
  trail: compression => `(
    SELECT filename AS file, unnest(CASE
        WHEN Records IS NULL THEN ['null']
        WHEN len(Records) = 0 THEN [${NOTHING}]
        ELSE Records::VARCHAR[] END) AS record
    FROM read_json($files, format = 'unstructured', compression = '${compression}',
      columns = {Records: 'JSON[]'}, maximum_object_size = $buffer, filename = true)
  )`,
  // A line is a record, or an envelope of CloudWatch Logs with records as text,
  // or one of its control messages, or a file of a trail.
  firehose: compression => `(
    SELECT file, CASE WHEN record = ${NOTHING} OR json_valid(record)
      THEN record ELSE 'null' END AS record
    FROM (SELECT file, unnest(CASE
        WHEN kind[1] = 'CONTROL_MESSAGE' THEN [${NOTHING}]
        WHEN json_type(document, '$.logEvents') = 'ARRAY'
          THEN list_prepend(${NOTHING}, json_extract_string(document, '$.logEvents[*].message'))
        WHEN kind[2] IS NULL AND json_type(document, '$.Records') = 'ARRAY'
          THEN list_prepend(${NOTHING}, json_extract(document, '$.Records[*]')::VARCHAR[])
        ELSE [document] END) AS record
      FROM (SELECT filename AS file, json::VARCHAR AS document,
          json_extract_string(json, ['$.messageType', '$.eventTime']) AS kind
        FROM read_json_objects($files, format = 'unstructured', compression = '${compression}',
          maximum_object_size = $buffer, filename = true)))
  )`,
};

/**
 * One row for each record of some files, as SQL without any value in it:
 * `file`, `record` (JSON text, {@link NOTHING} for a document without records),
 * the fields, `time_ms` (epoch milliseconds, -1 where the record does not say),
 * `account_id` and `region` (null where the file's folder says them), and
 * `is_record`.
 *
 * Records are read as raw JSON, and all fields in one pass: typed structs fail
 * on fields that AWS adds and on repeated keys.
 */
export function recordRows(
  layout: LogLayout,
  compressed: boolean,
  fields: readonly Field[],
): string {
  const names = [...new Set<Field>([...PLACE_FIELDS[layout], ...fields])];
  const paths = names.map(name => `'${FIELDS[name]}'`).join(', ');
  const columns = names.map((name, index) => `parts[${index + 1}] AS ${name}`);
  const place =
    layout === 'firehose'
      ? 'coalesce(recipient, user_account) AS account_id, record_region AS region'
      : 'NULL::VARCHAR AS account_id, NULL::VARCHAR AS region';
  return `(
    SELECT *, ${place},
      coalesce(epoch_ms(try_cast(event_time AS TIMESTAMP)), -1) AS time_ms,
      (event_name IS NOT NULL OR event_time IS NOT NULL) AS is_record
    FROM (SELECT file, record, ${columns.join(', ')}
      FROM (SELECT file, record,
          CASE WHEN record <> ${NOTHING}
            THEN json_extract_string(record, [${paths}]) END AS parts
        FROM ${DOCUMENTS[layout](compressed ? 'gzip' : 'uncompressed')}))
  )`;
}
