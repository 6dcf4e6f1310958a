import { Knex } from 'knex';
import { inputError } from '../errors';
import { containsText } from './dialect';
import { ActivityEventRow, ActivityFilter } from './types';

/** Access levels that only look. What is not known to only look counts as a write. */
export const READING_LEVELS = ['list', 'read'];

/** Whether an event changed something. A refused call wrote nothing. */
export function isWrite(
  event: Pick<ActivityEventRow, 'accessLevel' | 'refused'>,
): boolean {
  return !event.refused && !READING_LEVELS.includes(event.accessLevel);
}

/** JSON of an event without marks. */
export const NO_MARKS = '[]';

/** Sums over events, in SQL: what is read, written, refused and marked, each as {@link isWrite} and the filters say. */
export function activitySums(knex: Knex): Knex.Raw[] {
  const reading = READING_LEVELS;
  return [
    knex.raw(
      'sum(case when refused or access_level not in (?, ?) then 0 else 1 end) as reads',
      reading,
    ),
    knex.raw(
      'sum(case when refused or access_level in (?, ?) then 0 else 1 end) as writes',
      reading,
    ),
    knex.raw('sum(case when refused then 1 else 0 end) as refused'),
    knex.raw('sum(case when sensitive = ? then 0 else 1 end) as sensitive', [
      NO_MARKS,
    ]),
  ];
}

const SEARCHED = [
  'service',
  'action',
  'region',
  'resources',
  'error_code',
  'error_message',
  'source_ip',
  'user_agent',
];

/** Adds the conditions of a filter. */
export function whereActivity(
  query: Knex.QueryBuilder,
  filter: ActivityFilter,
): Knex.QueryBuilder {
  const equal = {
    session_id: filter.session,
    access_level: filter.accessLevel,
    service: filter.service,
  };
  for (const [column, value] of Object.entries(equal)) {
    if (value !== undefined) {
      query.where(column, value);
    }
  }
  if (filter.only === 'writes') {
    // As isWrite says it.
    query.whereNotIn('access_level', READING_LEVELS).where('refused', false);
  } else if (filter.only === 'refused') {
    query.where('refused', true);
  } else if (filter.only === 'sensitive') {
    query.whereNot('sensitive', NO_MARKS);
  }
  if (filter.from !== undefined) {
    query.where('at', '>=', filter.from);
  }
  if (filter.to !== undefined) {
    query.where('at', '<', filter.to);
  }
  const { text } = filter;
  if (text) {
    query.where(any => {
      for (const column of SEARCHED) {
        containsText(any, column, text);
      }
    });
  }
  return query;
}

/** Place of one event in the order of time and id. */
export interface ActivityKey {
  at: number;
  eventId: string;
}

/** Cursor that continues after an event. */
export function activityCursor(key: ActivityKey): string {
  return `${key.at}:${key.eventId}`;
}

/** @throws InputError `invalid-input` where it is none of our cursors. */
export function parseActivityCursor(cursor: string): ActivityKey {
  const match = /^(\d{1,15}):([^\0]{1,64})$/.exec(cursor);
  if (!match) {
    throw inputError(
      'invalid-input',
      'cursor is not one that this list handed out. Start again without it.',
    );
  }
  return { at: Number(match[1]), eventId: match[2] };
}

/** Only events after this one, in the order of time and id. */
export function afterActivity(
  query: Knex.QueryBuilder,
  key: ActivityKey,
): Knex.QueryBuilder {
  return query.whereRaw('(at, event_id) > (?, ?)', [key.at, key.eventId]);
}
