import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { BreakGlassConfig } from '../config/types';
import { CatalogReader } from './CatalogReader';
import { Membership, groupsAbove, possibleMembers } from './membership';
import { matches } from './principals';
import { isTrusted } from './trustedOrigin';
import { People, Person } from './types';

/** The part of the configuration that people depend on. */
export type PeopleConfig = Pick<
  BreakGlassConfig,
  'trust' | 'personKeyAnnotation' | 'managerAnnotation'
>;

/** People and their membership from the catalog, through the trust boundary (I13), read at every question. */
export class CatalogPeople implements People {
  constructor(
    private readonly reader: CatalogReader,
    private readonly config: PeopleConfig,
  ) {}

  async find(ref: string): Promise<Person | undefined> {
    const canonical = canonicalUserRef(ref);
    if (!canonical) {
      return undefined;
    }
    const entities = await this.reader.byRefs([canonical]);
    return (await this.toPeople([...entities.values()]))[0];
  }

  async members(
    principals: { groups: string[]; users: string[] },
    limit: number,
  ): Promise<Person[]> {
    const load = this.loader();
    const refs = await possibleMembers(principals.groups, load);
    const entities = await load([...refs, ...principals.users]);
    const people = await this.toPeople([...entities.values()]);
    const byKey = new Map<string, Person>();
    people
      .filter(person => matches({ ...principals, accountOwner: false }, person))
      .sort(byName)
      .forEach(person => {
        if (!byKey.has(person.key)) {
          byKey.set(person.key, person);
        }
      });
    return [...byKey.values()].slice(0, limit);
  }

  async names(refs: string[]): Promise<Map<string, string>> {
    const entities = await this.reader.byRefs(refs);
    return new Map(
      refs.map(ref => {
        const entity = entities.get(ref);
        return [ref, entity && this.trusts(entity) ? titleOf(entity) : ref];
      }),
    );
  }

  private trusts = (entity: Entity) =>
    isTrusted(entity, this.config.trust.people);

  /** Reads what one question needs at most once. */
  private loader() {
    const known = new Map<string, Entity | undefined>();
    return async (refs: Iterable<string>): Promise<Map<string, Entity>> => {
      const wanted = [...new Set(refs)];
      const fresh = wanted.filter(ref => !known.has(ref));
      const found = await this.reader.byRefs(fresh);
      fresh.forEach(ref => known.set(ref, found.get(ref)));
      return new Map(
        wanted.flatMap(ref => {
          const entity = known.get(ref);
          return entity ? [[ref, entity] as const] : [];
        }),
      );
    };
  }

  private async toPeople(entities: Entity[]): Promise<Person[]> {
    const users = entities.filter(
      entity => isUserEntity(entity) && this.trusts(entity),
    );
    const others = await this.sameKeys(users);
    const memberships = await groupsAbove(
      [...users, ...others],
      this.loader(),
      this.trusts,
    );
    const byKey = new Map<string, Array<[string, Membership]>>();
    [...users, ...others].forEach(user => {
      const ref = stringifyEntityRef(user);
      const key = this.keyOf(user);
      byKey.set(key, [...(byKey.get(key) ?? []), [ref, memberships.get(ref)!]]);
    });
    return users.map(user => {
      const ref = stringifyEntityRef(user);
      const same = byKey.get(this.keyOf(user))!;
      return {
        ref,
        displayName: titleOf(user),
        email: emailOf(user),
        key: this.keyOf(user),
        groups: memberships.get(ref)!.groups,
        manager: this.managerOf(user),
        against: {
          groups: new Set(same.flatMap(([, it]) => [...it.named])),
          refs: new Set(same.map(([other]) => other)),
        },
      };
    });
  }

  /** Other trusted entities of the same human beings, by the configured annotation. */
  private async sameKeys(users: Entity[]): Promise<Entity[]> {
    const annotation = this.config.personKeyAnnotation;
    const values = users
      .map(user => annotation && user.metadata.annotations?.[annotation])
      .filter((value): value is string => Boolean(value));
    if (!annotation || values.length === 0) {
      return [];
    }
    const known = new Set(users.map(user => stringifyEntityRef(user)));
    const found = await this.reader.all({
      kind: 'user',
      [`metadata.annotations.${annotation}`]: [...new Set(values)],
    });
    return found.filter(
      entity =>
        isUserEntity(entity) &&
        this.trusts(entity) &&
        !known.has(stringifyEntityRef(entity)),
    );
  }

  private managerOf(user: Entity): string | undefined {
    const annotation = this.config.managerAnnotation;
    const value = annotation && user.metadata.annotations?.[annotation];
    return value
      ? canonicalUserRef(value.includes(':') ? value : `user:${value}`)
      : undefined;
  }

  /** The configured annotation, else the ref. Case does not tell people apart, as in the catalog's own search. */
  private keyOf(user: Entity): string {
    const annotation = this.config.personKeyAnnotation;
    const value = annotation && user.metadata.annotations?.[annotation];
    return value ? value.toLocaleLowerCase('en-US') : stringifyEntityRef(user);
  }
}

function isUserEntity(entity: Entity): boolean {
  return entity.kind.toLocaleLowerCase('en-US') === 'user';
}

function titleOf(entity: Entity): string {
  const profile = entity.spec?.profile as { displayName?: unknown } | undefined;
  const name = profile?.displayName;
  return typeof name === 'string' && name.trim()
    ? name
    : entity.metadata.title ?? entity.metadata.name;
}

function emailOf(entity: Entity): string | undefined {
  const profile = entity.spec?.profile as { email?: unknown } | undefined;
  return typeof profile?.email === 'string' ? profile.email : undefined;
}

function canonicalUserRef(ref: string): string | undefined {
  try {
    const canonical = stringifyEntityRef(parseEntityRef(ref));
    return canonical.startsWith('user:') ? canonical : undefined;
  } catch {
    return undefined;
  }
}

function byName(a: Person, b: Person): number {
  return (
    a.displayName.localeCompare(b.displayName, 'en') || (a.ref < b.ref ? -1 : 1)
  );
}
