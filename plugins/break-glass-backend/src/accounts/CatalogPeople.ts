import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { BreakGlassConfig } from '../config/types';
import { CatalogReader } from './CatalogReader';
import { addressOf, groupsByFacts, humanOf } from './humans';
import { LoadEntities, groupsAbove, possibleMembers } from './membership';
import { matches } from './principals';
import { isTrusted } from './trustedOrigin';
import { Census, People, Person } from './types';

/** Facts that one read looks for: they stand in its address, which must not grow without end. */
const FACTS_PER_READ = 100;
/** Pages of users and groups of a whole company. */
const MAX_CENSUS_PAGES = 1_000;

/** The part of the configuration that people depend on. */
export type PeopleConfig = Pick<
  BreakGlassConfig,
  'trust' | 'personKeyAnnotation' | 'managerAnnotation'
>;

/** People and their membership from the catalog, through the trust boundary (I13), read at every question. */
export class CatalogPeople implements People, Census {
  constructor(
    private readonly reader: CatalogReader,
    private readonly config: PeopleConfig,
  ) {}

  async find(ref: string): Promise<Person | undefined> {
    return (await this.findAll([ref])).get(ref);
  }

  async findAll(refs: string[]): Promise<Map<string, Person>> {
    const canonical = new Map(
      refs.flatMap(ref => {
        const its = canonicalUserRef(ref);
        return its ? [[ref, its] as const] : [];
      }),
    );
    const entities = await this.reader.byRefs(canonical.values());
    const people = await this.toPeople([...entities.values()]);
    const byRef = new Map(people.map(person => [person.ref, person]));
    return new Map(
      [...canonical].flatMap(([ref, its]) => {
        const person = byRef.get(its);
        return person ? [[ref, person] as const] : [];
      }),
    );
  }

  async members(
    principals: { groups: string[]; users: string[] },
    limit: number,
  ): Promise<Person[]> {
    const load = this.loader();
    const refs = await possibleMembers(principals.groups, load);
    const entities = await load([...refs, ...principals.users]);
    const people = await this.toPeople([...entities.values()]);
    const byHuman = new Map<string, Person>();
    people
      .filter(person => matches({ ...principals, accountOwner: false }, person))
      .sort(byName)
      .forEach(person => {
        if (!byHuman.has(humanOf(person))) {
          byHuman.set(humanOf(person), person);
        }
      });
    return [...byHuman.values()].slice(0, limit);
  }

  async everybody(): Promise<Person[]> {
    const entities = await this.reader.all(
      [{ kind: 'user' }, { kind: 'group' }],
      MAX_CENSUS_PAGES,
    );
    const known = new Map(
      entities.map(entity => [stringifyEntityRef(entity), entity]),
    );
    const people = await this.describe(
      entities.filter(entity => this.isTrustedUser(entity)),
      async refs =>
        new Map(
          [...new Set(refs)].flatMap(ref => {
            const entity = known.get(ref);
            return entity ? [[ref, entity] as const] : [];
          }),
        ),
    );
    return people.sort(byName);
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
    const users = entities.filter(entity => this.isTrustedUser(entity));
    const wanted = new Set(users.map(user => stringifyEntityRef(user)));
    const all = [...users, ...(await this.otherEntities(users))];
    const people = await this.describe(all, this.loader());
    return people.filter(({ ref }) => wanted.has(ref));
  }

  /** People as their entities and groups say; these users must be all of every human being among them. */
  private async describe(
    users: Entity[],
    load: LoadEntities,
  ): Promise<Person[]> {
    const memberships = await groupsAbove(users, load, this.trusts);
    const groups = groupsByFacts(users, user => this.factsOf(user));
    const against = new Map(
      [...new Set(groups.values())].map(group => {
        const refs = [...group].map(each => stringifyEntityRef(each));
        const named = refs.flatMap(ref => [...memberships.get(ref)!.named]);
        return [group, { groups: new Set(named), refs: new Set(refs) }];
      }),
    );
    return users.map(user => {
      const ref = stringifyEntityRef(user);
      return {
        ref,
        displayName: titleOf(user),
        email: emailOf(user),
        key: this.keyOf(user),
        groups: memberships.get(ref)!.groups,
        manager: this.managerOf(user),
        against: against.get(groups.get(user)!),
      };
    });
  }

  /** Other trusted entities of the same human beings: by person key or e-mail address, of those found again and again. */
  private async otherEntities(users: Entity[]): Promise<Entity[]> {
    const known = new Map(users.map(user => [stringifyEntityRef(user), user]));
    const asked = new Set<string>();
    let fresh = users;
    // Ends: every round finds a user of a finite set, or is the last one.
    while (fresh.length > 0) {
      const found = await this.withFacts(fresh, asked);
      fresh = found.filter(
        entity =>
          this.isTrustedUser(entity) && !known.has(stringifyEntityRef(entity)),
      );
      fresh.forEach(entity => known.set(stringifyEntityRef(entity), entity));
    }
    return [...known.values()].slice(users.length);
  }

  /** Entities with a fact of these users that was not asked for yet. */
  private async withFacts(
    users: Entity[],
    asked: Set<string>,
  ): Promise<Entity[]> {
    const annotation = this.config.personKeyAnnotation;
    const wanted = users
      .flatMap(user => [
        ...(annotation
          ? [[`metadata.annotations.${annotation}`, this.annotated(user)]]
          : []),
        ['spec.profile.email', addressOf(emailOf(user))],
      ])
      .filter((fact): fact is [string, string] => {
        const isNew = fact[1] !== undefined && !asked.has(fact.join(' '));
        asked.add(fact.join(' '));
        return isNew;
      });
    const found: Entity[] = [];
    for (let at = 0; at < wanted.length; at += FACTS_PER_READ) {
      const facts = wanted.slice(at, at + FACTS_PER_READ);
      const fields = [...new Set(facts.map(([field]) => field))];
      found.push(
        ...(await this.reader.all(
          fields.map(field => ({
            kind: 'user',
            [field]: facts.filter(it => it[0] === field).map(it => it[1]),
          })),
        )),
      );
    }
    return found;
  }

  private isTrustedUser(entity: Entity): boolean {
    return isUserEntity(entity) && this.trusts(entity);
  }

  /** What says whose an entity is. */
  private factsOf(user: Entity): string[] {
    const address = addressOf(emailOf(user));
    return [
      `key ${this.keyOf(user)}`,
      ...(address ? [`email ${address}`] : []),
    ];
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
    const value = this.annotated(user);
    return value ? value.toLocaleLowerCase('en-US') : stringifyEntityRef(user);
  }

  private annotated(user: Entity): string | undefined {
    const annotation = this.config.personKeyAnnotation;
    return (annotation && user.metadata.annotations?.[annotation]) || undefined;
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
