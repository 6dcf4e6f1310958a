import {
  AccessLevel,
  ProfileService,
  accessLevelSchema,
} from 'backstage-plugin-break-glass-common';
import { StatementConfig } from '../config/types';
import { coversAction, matchesAction } from './actionPatterns';
import { allowedActions, isLeft, isSure } from './allowedActions';
import { accessLevelOf, actionsOf, serviceTitle } from './iamData';
import { remembered } from './remembered';
import { hangsOnAws, mayReach, Target, targetsOf } from './resourcePatterns';
import { PolicyParts, withoutChaining } from './sessionPolicy';

const LEVEL_ORDER: readonly AccessLevel[] = accessLevelSchema.options;

/** Names that a pattern stands for; a name that the data does not know stays as it is written. */
const expand = remembered(
  async (prefix: string, name: string): Promise<string[]> => {
    const known = await actionsOf(prefix);
    const matching = known.filter(action => matchesAction(name, action));
    return matching.length > 0 ? matching : [name];
  },
);

/** Actions and resources by service, while they are gathered. */
class Services {
  private readonly gathered = new Map<
    string,
    { actions: Set<string>; resources: Set<string> }
  >();

  add(prefix: string, action: string, resource: string): void {
    const { actions, resources } = this.gathered.get(prefix) ?? {
      actions: new Set<string>(),
      resources: new Set<string>(),
    };
    this.gathered.set(prefix, {
      actions: actions.add(action),
      resources: resources.add(resource),
    });
  }

  described(): Promise<ProfileService[]> {
    return Promise.all(
      [...this.gathered].map(async ([prefix, { actions, resources }]) => {
        const names = [...actions].sort();
        const levels = await Promise.all(
          names.map(name => accessLevelOf(prefix, name)),
        );
        return {
          service: prefix,
          title: await serviceTitle(prefix),
          accessLevels: LEVEL_ORDER.filter(level => levels.includes(level)),
          actions: names,
          resources: [...resources].sort(),
        };
      }),
    );
  }
}

/** What a profile allows, by service, in words: its statements, less the roles that it may not assume or pass. */
export async function describeProfile(
  profile: Pick<PolicyParts, 'statements' | 'chaining'>,
): Promise<ProfileService[]> {
  return describeStatements(withoutChaining(profile));
}

/**
 * What statements allow, by service, in words. Wildcards are expanded to the actions there are; actions and resources
 * of which denies leave nothing for certain are left out, and resources that are allowed under conditions, that hang on
 * variables of AWS, or of which a deny may take something, say so. `*` is the service of what is allowed across all services,
 * once for each list of actions that is left out of it.
 */
export async function describeStatements(
  statements: StatementConfig[],
): Promise<ProfileService[]> {
  const allows = statements.filter(({ Effect }) => Effect === 'Allow');
  const denies = statements.filter(({ Effect }) => Effect === 'Deny');
  const services = new Services();
  for (const allow of allows) {
    await gather(allow, denies, services);
  }
  const everything = describeEverything(allows, denies);
  return [...everything, ...(await services.described())].sort((a, b) =>
    sortKey(a) < sortKey(b) ? -1 : 1,
  );
}

function sortKey({ service, title }: ProfileService): string {
  return `${service} ${title}`;
}

async function gather(
  allow: StatementConfig,
  denies: StatementConfig[],
  services: Services,
): Promise<void> {
  for (const target of targetsOf(allow)) {
    const allowed = allowedActions(allow, target, denies);
    for (const pattern of allowed.everything ? [] : allowed.patterns) {
      const [prefix, name] = pattern.split(':');
      for (const action of await expand(prefix, name)) {
        const full = `${prefix}:${action}`;
        if (isLeft(full, target, allow, denies)) {
          const others = denies.filter(deny => coversAction(deny, full));
          services.add(prefix, action, wordsFor(target, allow, others));
        }
      }
    }
  }
}

/** What Allows of everything reach, each with what is left out of it; where that is the same, they are one. */
function describeEverything(
  allows: StatementConfig[],
  denies: StatementConfig[],
): ProfileService[] {
  const byTitle = new Map<string, { but: string[]; resources: Set<string> }>();
  for (const allow of allows) {
    for (const target of targetsOf(allow)) {
      const allowed = allowedActions(allow, target, denies);
      if (allowed.everything) {
        const { but } = allowed;
        const title = `Every AWS service${
          but.length ? ` but ${but.join(', ')}` : ''
        }`;
        const { resources } = byTitle.get(title) ?? { resources: new Set() };
        const others = denies.filter(deny => !isSure(deny, target));
        resources.add(wordsFor(target, allow, others));
        byTitle.set(title, { but, resources });
      }
    }
  }
  return [...byTitle].map(([title, { but, resources }]) => ({
    service: '*',
    title,
    accessLevels: LEVEL_ORDER.filter(level => level !== 'unknown'),
    actions: but.length ? but.map(each => `everything but ${each}`) : ['*'],
    resources: [...resources].sort(),
  }));
}

/** A target in words. What limits it further is in the policy; that something does is said here. */
function wordsFor(
  { pattern, words }: Target,
  allow: StatementConfig,
  others: StatementConfig[],
): string {
  const limited =
    allow.Condition !== undefined ||
    hangsOnAws(allow) ||
    others.some(deny => mayReach(deny, pattern));
  if (!limited) {
    return words;
  }
  return `${words === '*' ? 'everything' : words} (limited further)`;
}
