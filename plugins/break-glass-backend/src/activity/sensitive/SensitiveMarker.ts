import { SensitiveMark } from 'backstage-plugin-break-glass-common';
import { CloudTrailRecord } from '../cloudTrailRecord';
import { plainEventName } from '../eventName';
import { EventPatterns } from './EventPatterns';
import {
  CountingRule,
  EventContext,
  SensitiveCase,
  SensitiveRule,
} from './SensitiveRule';
import { countingRules, sensitiveRules } from './sensitiveRules';

/** Steps by which a count that was marked is marked again. */
const NEXT_MARK = 10;

type Counted = CountingRule['counts'][number];

/** The rules that marks are made by. */
export interface RuleSet {
  rules: SensitiveRule[];
  counting: CountingRule[];
}

const ID = /^[a-z]+(-[a-z0-9]+)*$/;

/**
 * The rules that come with the plugin, and further ones.
 * @throws Error where an id is taken, or is none.
 */
export function rulesWith(further: SensitiveRule[] = []): RuleSet {
  const taken = new Set(
    [...sensitiveRules, ...countingRules].map(({ id }) => id),
  );
  for (const { id } of further) {
    if (!ID.test(id) || taken.has(id)) {
      throw new Error(
        `The sensitive rule ${id} cannot be added: give it an id of its own, of small letters and hyphens.`,
      );
    }
    taken.add(id);
  }
  return { rules: [...sensitiveRules, ...further], counting: countingRules };
}

/**
 * Marks the events of one lease, given in the order of time. A refused attempt
 * is marked like a success, and its mark says so.
 */
export class SensitiveMarker {
  private readonly cases: EventPatterns<[SensitiveRule, SensitiveCase]>;
  private readonly counted: EventPatterns<[CountingRule, Counted]>;
  private readonly counts = new Map<Counted, number>();

  constructor({ rules, counting }: RuleSet = rulesWith()) {
    this.cases = new EventPatterns(
      rules.flatMap(rule =>
        rule.cases.map(each => ({
          events: each.events,
          value: [rule, each] as [SensitiveRule, SensitiveCase],
        })),
      ),
    );
    this.counted = new EventPatterns(
      counting.flatMap(rule =>
        rule.counts.map(each => ({
          events: each.events,
          value: [rule, each] as [CountingRule, Counted],
        })),
      ),
    );
  }

  /** Marks of the next event: each rule once. */
  marks(
    eventName: string,
    record: CloudTrailRecord,
    context: EventContext,
  ): SensitiveMark[] {
    const name = `${context.service}:${plainEventName(eventName)}`;
    const marks = new Map<string, SensitiveMark>();
    for (const [rule, { when }] of this.cases.of(name)) {
      if (!marks.has(rule.id) && holds(when, record, context)) {
        marks.set(rule.id, markOf(rule.id, rule.why, context));
      }
    }
    for (const [rule, each] of this.counted.of(name)) {
      if (holds(each.when, record, context)) {
        const why = this.counting(each);
        if (why) {
          marks.set(rule.id, markOf(rule.id, why, context));
        }
      }
    }
    return [...marks.values()];
  }

  /** Words where a count reaches its limit, ten times its limit, and so on: a mark on each would hide the others. */
  private counting(counted: Counted): string | undefined {
    const count = (this.counts.get(counted) ?? 0) + 1;
    this.counts.set(counted, count);
    let step = counted.atLeast;
    while (step < count) {
      step *= NEXT_MARK;
    }
    return step === count
      ? `It is number ${count} of the ${counted.what} that were read under this lease: look whether the reason needs that many.`
      : undefined;
  }
}

/** A condition that a record breaks counts as met: nobody hides by writing an odd record. */
function holds(
  when: SensitiveCase['when'],
  record: CloudTrailRecord,
  context: EventContext,
): boolean {
  try {
    return !when || when(record, context);
  } catch {
    return true;
  }
}

function markOf(rule: string, why: string, { failed }: EventContext) {
  return {
    rule,
    why: failed ? `${why} The call did not succeed; the attempt counts.` : why,
  };
}
