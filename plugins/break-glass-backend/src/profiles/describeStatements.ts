import {
  AccessLevel,
  ProfileService,
  accessLevelSchema,
} from 'backstage-plugin-break-glass-common';
import { StatementConfig } from '../config/types';
import {
  asList,
  isUnconditionalDeny,
  coversAction,
  matchesAction,
} from './actionPatterns';
import { accessLevelOf, actionsOf, isService, serviceTitle } from './iamData';
import { remembered } from './remembered';

const LEVEL_ORDER: readonly AccessLevel[] = accessLevelSchema.options;

/** Names that a pattern stands for; a name that the data does not know stays as it is written. */
const expand = remembered(
  async (prefix: string, name: string): Promise<string[]> => {
    const known = await actionsOf(prefix);
    const matching = known.filter(action => matchesAction(name, action));
    return matching.length > 0 ? matching : [name];
  },
);

/** Actions and resources of one service, while they are gathered. */
interface Gathered {
  actions: Set<string>;
  resources: Set<string>;
}

/**
 * What statements allow, by service, in words: wildcards are expanded to the actions there are, and
 * actions that a deny takes away everywhere are left out. `*` is the service of what is allowed across all services.
 */
export async function describeStatements(
  statements: StatementConfig[],
): Promise<ProfileService[]> {
  const denies = statements.filter(isUnconditionalDeny);
  const services = new Map<string, Gathered>();
  for (const statement of statements.filter(it => it.Effect === 'Allow')) {
    await gather(statement, denies, services);
  }
  const described = await Promise.all(
    [...services].map(([prefix, gathered]) => describe(prefix, gathered)),
  );
  return described
    .filter(({ actions }) => actions.length > 0)
    .sort((a, b) => (a.service < b.service ? -1 : 1));
}

async function gather(
  statement: StatementConfig,
  denies: StatementConfig[],
  services: Map<string, Gathered>,
): Promise<void> {
  const resources = [
    ...asList(statement.Resource),
    ...asList(statement.NotResource).map(it => `everything but ${it}`),
  ];
  const add = (prefix: string, actions: string[]) => {
    const left = actions.filter(
      action => !denies.some(deny => coversAction(deny, `${prefix}:${action}`)),
    );
    const gathered = services.get(prefix) ?? {
      actions: new Set<string>(),
      resources: new Set<string>(),
    };
    left.forEach(action => gathered.actions.add(action));
    if (left.length > 0) {
      resources.forEach(resource => gathered.resources.add(resource));
    }
    services.set(prefix, gathered);
  };
  asList(statement.NotAction).forEach(action =>
    add('*', [`everything but ${action}`]),
  );
  for (const pattern of asList(statement.Action)) {
    const [prefix, name] = pattern.split(':');
    if (name === undefined) {
      add('*', ['*']);
    } else {
      add(prefix, await expand(prefix, name));
    }
  }
}

async function describe(
  prefix: string,
  { actions, resources }: Gathered,
): Promise<ProfileService> {
  const names = [...actions].sort();
  const everywhere = prefix === '*';
  const levels = everywhere
    ? LEVEL_ORDER.filter(level => level !== 'unknown')
    : await Promise.all(names.map(name => accessLevelOf(prefix, name)));
  return {
    service: prefix,
    title: await titleOf(prefix),
    accessLevels: LEVEL_ORDER.filter(level => levels.includes(level)),
    actions: names,
    resources: [...resources].sort(),
  };
}

async function titleOf(prefix: string): Promise<string> {
  if (prefix === '*') {
    return 'Every AWS service';
  }
  return (await isService(prefix)) ? serviceTitle(prefix) : prefix;
}
