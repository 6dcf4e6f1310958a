import { z } from 'zod';
import { boundedJson, expectOk, LookupTarget } from './boundedJson';
import { emailsOf } from './ticketAnswer';

/** Who is on call at a moment, by the plan alone: what was put over it does not count. */
export interface OnCallSchedule {
  /** @returns e-mail addresses in small letters; @throws Error where the schedule cannot be read. */
  onCall(at: number, signal: AbortSignal): Promise<string[]>;
}

/** Our own shape, for systems without an adapter. Documented in docs/configuration.md. */
const plainSchema = z.object({
  onCall: z.array(
    z.object({
      email: z.string(),
      from: z.string().optional(),
      until: z.string().optional(),
      override: z.boolean().optional(),
    }),
  ),
});

/** A schedule read from `<baseUrl>/schedules/<id>/on-call`. */
export function plainSchedule(
  target: LookupTarget,
  scheduleId: string,
): OnCallSchedule {
  return {
    async onCall(at, signal) {
      const answer = await boundedJson(
        target,
        ['schedules', scheduleId, 'on-call'],
        { at: new Date(at).toISOString() },
        signal,
      );
      expectOk(answer);
      return plainSchema
        .parse(answer.body)
        .onCall.filter(each => !each.override)
        .filter(({ from, until }) => isWithin(at, from, until))
        .flatMap(({ email }) => emailsOf(email));
    },
  };
}

const entrySchema = z.object({
  start: z.string().nullish(),
  end: z.string().nullish(),
  user: z.object({ id: z.string(), email: z.string().nullish() }),
});
const onCallsSchema = z.object({ oncalls: z.array(entrySchema) });
const overridesSchema = z.object({ overrides: z.array(entrySchema) });

/** A schedule of PagerDuty, by its REST API (version 2). */
export function pagerDutySchedule(
  target: LookupTarget,
  scheduleId: string,
): OnCallSchedule {
  return {
    async onCall(at, signal) {
      const moment = new Date(at).toISOString();
      const later = new Date(at + 1_000).toISOString();
      const [onCalls, overrides] = await Promise.all([
        boundedJson(
          target,
          ['oncalls'],
          {
            'schedule_ids[]': scheduleId,
            'include[]': 'users',
            since: moment,
            until: later,
          },
          signal,
        ),
        boundedJson(
          target,
          ['schedules', scheduleId, 'overrides'],
          { since: moment, until: later },
          signal,
        ),
      ]);
      expectOk(onCalls);
      expectOk(overrides);
      const put = new Set(
        overridesSchema
          .parse(overrides.body)
          .overrides.map(({ user }) => user.id),
      );
      return onCallsSchema
        .parse(onCalls.body)
        .oncalls.filter(({ user }) => !put.has(user.id))
        .filter(({ start, end }) => isWithin(at, start, end))
        .flatMap(({ user }) => emailsOf(user.email));
    },
  };
}

/** An end that is not said is open; one that cannot be read is not. */
function isWithin(
  at: number,
  from: string | null | undefined,
  until: string | null | undefined,
): boolean {
  return (
    (!from || Date.parse(from) <= at) && (!until || at < Date.parse(until))
  );
}
