import { DateTime } from 'luxon';
import { matchesAccount } from '../accounts/accountFilter';
import { Account } from '../accounts/types';
import { BreakGlassConfig, FreezeConfig, RoleConfig } from '../config/types';

const MINUTE = 60_000;
const MINUTES_OF_DAY = 24 * 60;
const MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY;

/** The freezes that hold for a role on an account at an instant, in epoch milliseconds. */
export function freezesAt(
  { freezes }: Pick<BreakGlassConfig, 'freezes'>,
  role: Pick<RoleConfig, 'id'>,
  account: Account,
  at: number,
): FreezeConfig[] {
  return freezes.filter(
    freeze => isIn(freeze.when, at) && concerns(freeze, role, account),
  );
}

/** Whether a freeze is about a role on an account, whenever it holds. */
export function concerns(
  { roles, accounts }: Pick<FreezeConfig, 'roles' | 'accounts'>,
  role: Pick<RoleConfig, 'id'>,
  account: Account,
): boolean {
  return (
    (!roles || roles.includes(role.id)) &&
    (!accounts || matchesAccount(accounts, account))
  );
}

/** A freeze as people read it, with its end as seen from an instant in it. */
export function freezeInWords(freeze: FreezeConfig, at: number): string {
  const end = endOf(freeze.when, at);
  const words = end
    .setLocale('en-GB')
    .toFormat("cccc, d LLLL yyyy, HH:mm 'of' z");
  return `${freeze.title}, until ${words}`;
}

function isIn(when: FreezeConfig['when'], at: number): boolean {
  if (when.type === 'once') {
    return at >= when.from && at < when.to;
  }
  const { from, to } = when;
  const now = minuteOfWeek(zoned(when, at));
  return from < to ? now >= from && now < to : now >= from || now < to;
}

function endOf(when: FreezeConfig['when'], at: number): DateTime {
  if (when.type === 'once') {
    return DateTime.fromMillis(when.to, { zone: 'utc' });
  }
  const now = zoned(when, at);
  const ahead =
    (when.to - minuteOfWeek(now) + MINUTES_OF_WEEK) % MINUTES_OF_WEEK;
  // Days and the time of day, not minutes: a day of a clock change has another length.
  return now
    .startOf('day')
    .plus({
      days: Math.floor(
        ((minuteOfWeek(now) % MINUTES_OF_DAY) + ahead) / MINUTES_OF_DAY,
      ),
    })
    .set({
      hour: Math.floor((when.to % MINUTES_OF_DAY) / 60),
      minute: when.to % 60,
    });
}

function zoned(
  { timeZone }: Extract<FreezeConfig['when'], { type: 'weekly' }>,
  at: number,
): DateTime {
  return DateTime.fromMillis(at - (at % MINUTE), { zone: timeZone });
}

function minuteOfWeek(at: DateTime): number {
  return (at.weekday - 1) * MINUTES_OF_DAY + at.hour * 60 + at.minute;
}
