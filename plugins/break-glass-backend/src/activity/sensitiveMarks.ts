import { SensitiveMark } from 'backstage-plugin-break-glass-common';
import { CloudTrailRecord } from './cloudTrailRecord';
import { sensitiveRules } from './sensitiveRules';

const byEvent = sensitiveRules.flatMap(rule =>
  rule.events.map(event => ({ rule, event: event.toLowerCase() })),
);

/** Marks of one event: each rule once. A refused attempt is marked like a success. */
export function sensitiveMarks(
  service: string,
  eventName: string,
  record: CloudTrailRecord,
): SensitiveMark[] {
  const name = `${service}:${eventName}`.toLowerCase();
  const marks = new Map<string, SensitiveMark>();
  for (const { rule, event } of byEvent) {
    const matches = event.endsWith('*')
      ? name.startsWith(event.slice(0, -1))
      : name === event;
    if (matches && (!rule.when || rule.when(record))) {
      marks.set(rule.id, { rule: rule.id, why: rule.why });
    }
  }
  return [...marks.values()];
}
