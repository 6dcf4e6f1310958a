import { CloudTrailRecord, member } from '../cloudTrailRecord';
import { SensitiveCase } from './SensitiveRule';

type Condition = NonNullable<SensitiveCase['when']>;

/**
 * Whether the request holds something, as JSON text: values sit at different
 * depths in different services. A request that CloudTrail cut out counts as if
 * it did: nobody can say that it did not.
 */
export function requests(pattern: RegExp): Condition {
  return record => isCut(record) || pattern.test(requestText(record));
}

/** The same condition on the request as a value. */
export function requestIs(condition: (request: unknown) => boolean): Condition {
  return record =>
    isCut(record) || condition(member(record, 'requestParameters'));
}

function requestText(record: CloudTrailRecord): string {
  return JSON.stringify(member(record, 'requestParameters') ?? null);
}

/** CloudTrail leaves out what is too large, and says so. */
function isCut(record: CloudTrailRecord): boolean {
  return member(record, 'requestParameters', 'omitted') === true;
}
