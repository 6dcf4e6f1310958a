import {
  DEFAULT_NAMESPACE,
  Entity,
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  RELATION_MEMBER_OF,
  RELATION_PARENT_OF,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/** Reads entities by canonical ref; what is not there is not in the answer. */
export type LoadEntities = (
  refs: Iterable<string>,
) => Promise<Map<string, Entity>>;

/** Groups of one person. */
export interface Membership {
  /** Groups from trusted origins, parents included. */
  groups: Set<string>;
  /** These, and every group that a trusted entity names, whether or not it is there and trusted. */
  named: Set<string>;
}

/**
 * Groups of trusted users, upwards through their parents, level by level for all of them at once.
 *
 * Relations of the catalog only say where to look: they are made of what *any*
 * entity claims. What counts is the `spec` of an entity from a trusted origin,
 * on either end: the user's `memberOf` or the group's `members`, the child's `parent` or the parent's `children`.
 */
export async function groupsAbove(
  users: Entity[],
  load: LoadEntities,
  trusted: (entity: Entity) => boolean,
): Promise<Map<string, Membership>> {
  const memberships = new Map<string, Membership>();
  let frontier = users.map(source => {
    const membership = { groups: new Set<string>(), named: new Set<string>() };
    memberships.set(stringifyEntityRef(source), membership);
    return { membership, source };
  });
  // Ends: every round adds a group to a finite set, or is the last one.
  while (frontier.length > 0) {
    const above = await load(
      frontier.flatMap(it => candidatesAbove(it.source)),
    );
    frontier = frontier.flatMap(({ membership, source }) =>
      climb(source, membership, above, trusted).map(group => ({
        membership,
        source: group,
      })),
    );
  }
  return memberships;
}

/** One step up; returns the groups that are new. */
function climb(
  source: Entity,
  membership: Membership,
  above: Map<string, Entity>,
  trusted: (entity: Entity) => boolean,
): Entity[] {
  const self = stringifyEntityRef(source);
  const stated = new Set(statedAbove(source));
  stated.forEach(ref => membership.named.add(ref));
  return candidatesAbove(source).flatMap(ref => {
    const group = above.get(ref);
    const counts =
      group &&
      trusted(group) &&
      !membership.groups.has(ref) &&
      (stated.has(ref) || statedBelow(group, source.kind).includes(self));
    if (!counts) {
      return [];
    }
    membership.groups.add(ref);
    membership.named.add(ref);
    return [group];
  });
}

/**
 * Refs of all users who may be in one of these groups or below it. A superset: who
 * really is, {@link groupsAbove} says.
 */
export async function possibleMembers(
  groups: Iterable<string>,
  load: LoadEntities,
): Promise<Set<string>> {
  const seen = new Set(groups);
  const users = new Set<string>();
  let frontier = [...seen];
  while (frontier.length > 0) {
    const level = [...(await load(frontier)).values()];
    level
      .flatMap(group => [
        ...statedBelow(group, 'User'),
        ...related(group, RELATION_HAS_MEMBER),
      ])
      .filter(ref => ref.startsWith('user:'))
      .forEach(ref => users.add(ref));
    frontier = level
      .flatMap(group => [
        ...statedBelow(group, 'Group'),
        ...related(group, RELATION_PARENT_OF),
      ])
      .filter(ref => ref.startsWith('group:') && !seen.has(ref));
    frontier.forEach(ref => seen.add(ref));
  }
  return users;
}

function isUser(kind: string): boolean {
  return kind.toLocaleLowerCase('en-US') === 'user';
}

/** Groups that an entity itself says it is in. */
function statedAbove(entity: Entity): string[] {
  const stated = isUser(entity.kind)
    ? entity.spec?.memberOf
    : entity.spec?.parent;
  return refs(entity, stated, 'Group').filter(ref => ref.startsWith('group:'));
}

/** What a group itself says is in it. */
function statedBelow(group: Entity, kind: string): string[] {
  return isUser(kind)
    ? refs(group, group.spec?.members, 'User')
    : refs(group, group.spec?.children, 'Group');
}

function candidatesAbove(entity: Entity): string[] {
  const relation = isUser(entity.kind) ? RELATION_MEMBER_OF : RELATION_CHILD_OF;
  const all = [...statedAbove(entity), ...related(entity, relation)];
  return [...new Set(all)].filter(ref => ref.startsWith('group:'));
}

function related(entity: Entity, type: string): string[] {
  return refs(
    entity,
    entity.relations?.filter(it => it.type === type).map(it => it.targetRef),
    'Group',
  );
}

/** One or several refs of a spec, canonical; what is none is left out. */
function refs(entity: Entity, value: unknown, defaultKind: string): string[] {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  return texts.flatMap(text => {
    if (typeof text !== 'string') {
      return [];
    }
    try {
      return [
        stringifyEntityRef(
          parseEntityRef(text, {
            defaultKind,
            defaultNamespace: entity.metadata.namespace ?? DEFAULT_NAMESPACE,
          }),
        ),
      ];
    } catch {
      return [];
    }
  });
}
