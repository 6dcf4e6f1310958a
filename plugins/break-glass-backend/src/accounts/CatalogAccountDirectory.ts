import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ACCOUNT_TYPES,
  ANNOTATION_ACCOUNT_ID,
  ANNOTATION_ACCOUNT_ID_OTHER,
} from 'backstage-plugin-break-glass-common';
import { inputError } from '../errors';
import { CatalogReader } from './CatalogReader';
import {
  MappingConfig,
  claimedIds,
  isAccountEntity,
  mapAccount,
  ownerRefOf,
} from './accountMapping';
import { duplicateId } from './accountProblems';
import { isTrusted } from './trustedOrigin';
import { AccountDirectory, AccountQuery, AccountResolution } from './types';

const ACCOUNTS = ACCOUNT_TYPES.map(type => ({
  kind: 'resource',
  'spec.type': type as string,
}));

/** Entities of one page of the catalog, where only some of them are looked for. */
const PAGE = 200;
/** Pages that one question looks through at most; the next one goes on from there. */
const MAX_PAGES = 25;

/**
 * Accounts from the catalog, through the trust boundary (I13).
 *
 * Two trusted entities that claim one account id make each other unusable: we
 * cannot know which one is right. An entity from an untrusted origin is refused
 * itself, and does *not* count as a second claim: else anybody who may edit some
 * catalog file could take an account's access away by naming its id, just when it is needed.
 */
export class CatalogAccountDirectory implements AccountDirectory {
  constructor(
    private readonly reader: CatalogReader,
    private readonly config: MappingConfig,
  ) {}

  async resolve(ref: string): Promise<AccountResolution | undefined> {
    const canonical = canonicalRef(ref);
    if (!canonical) {
      return undefined;
    }
    const entity = (await this.reader.byRefs([canonical])).get(canonical);
    return entity && isAccountEntity(entity)
      ? (await this.resolveAll([entity]))[0]
      : undefined;
  }

  /**
   * The cursor is a position in the list by name, because the catalog's own cursors carry a filter that a person could change.
   * Whether an account can be used is not in the catalog: pages of such are filled from further pages of it, up to a limit for one question.
   */
  async list(
    query: AccountQuery,
  ): Promise<{ items: AccountResolution[]; nextCursor?: string }> {
    const { usable, limit, search } = query;
    const [pages, size] = usable === undefined ? [1, limit] : [MAX_PAGES, PAGE];
    const found: AccountResolution[] = [];
    let offset = positionOf(query.cursor);
    for (let page = 0; page < pages && found.length < limit; page++) {
      const { entities, more } = await this.entities(search, offset, size);
      const accounts = entities.filter(isAccountEntity);
      const fitting = (await this.resolveAll(accounts))
        .map((resolution, at) => ({ resolution, entity: accounts[at] }))
        .filter(({ resolution }) =>
          [undefined, resolution.ok].includes(usable),
        );
      const taken = fitting.slice(0, limit - found.length);
      found.push(...taken.map(({ resolution }) => resolution));
      if (taken.length < fitting.length) {
        const next = entities.indexOf(taken[taken.length - 1].entity) + 1;
        return { items: found, nextCursor: String(offset + next) };
      }
      if (!more) {
        return { items: found };
      }
      offset += entities.length;
    }
    return { items: found, nextCursor: String(offset) };
  }

  private async entities(
    search: string | undefined,
    offset: number,
    limit: number,
  ): Promise<{ entities: Entity[]; more: boolean }> {
    const term = search?.trim();
    const { items, more } = await this.reader.page({
      filter: ACCOUNTS,
      orderFields: [{ field: 'metadata.name', order: 'asc' }],
      limit,
      offset,
      totalItems: 'include',
      ...(term && {
        fullTextFilter: {
          term,
          fields: [
            'metadata.name',
            'metadata.title',
            `metadata.annotations.${ANNOTATION_ACCOUNT_ID}`,
            `metadata.annotations.${ANNOTATION_ACCOUNT_ID_OTHER}`,
          ],
        },
      }),
    });
    return { entities: items, more };
  }

  private async resolveAll(entities: Entity[]): Promise<AccountResolution[]> {
    const [owners, claims] = await Promise.all([
      this.trustedOwners(entities),
      this.trustedClaims(entities.flatMap(claimedIds)),
    ]);
    return entities.map(entity => {
      const owner = ownerRefOf(entity);
      const resolution = mapAccount(
        entity,
        owner !== undefined && owners.has(owner) ? owner : undefined,
        this.config,
      );
      return isTrusted(entity, this.config.trust.accounts)
        ? withDuplicates(resolution, claimedIds(entity), claims)
        : resolution;
    });
  }

  /** Owners that are in the catalog, as a group or a user from a trusted origin. */
  private async trustedOwners(entities: Entity[]): Promise<Set<string>> {
    const refs = entities
      .map(ownerRefOf)
      .filter((ref): ref is string => ref !== undefined)
      .filter(ref => /^(?:group|user):/.test(ref));
    const owners = [...(await this.reader.byRefs(refs)).entries()];
    return new Set(
      owners
        .filter(([, entity]) => isTrusted(entity, this.config.trust.people))
        .map(([ref]) => ref),
    );
  }

  /** Account id → refs of the trusted account entities that claim it, in either dialect. */
  private async trustedClaims(ids: string[]): Promise<Map<string, string[]>> {
    const wanted = [...new Set(ids)];
    const claims = new Map<string, string[]>(wanted.map(id => [id, []]));
    if (wanted.length === 0) {
      return claims;
    }
    const entities = await this.reader.all(
      [ANNOTATION_ACCOUNT_ID, ANNOTATION_ACCOUNT_ID_OTHER].map(name => ({
        kind: 'resource',
        [`metadata.annotations.${name}`]: wanted,
      })),
    );
    entities
      .filter(isAccountEntity)
      .filter(entity => isTrusted(entity, this.config.trust.accounts))
      .forEach(entity =>
        claimedIds(entity).forEach(id =>
          claims.get(id)?.push(stringifyEntityRef(entity)),
        ),
      );
    return claims;
  }
}

function withDuplicates(
  resolution: AccountResolution,
  ids: string[],
  claims: Map<string, string[]>,
): AccountResolution {
  const base = resolution.ok ? resolution.account : resolution;
  const problems = ids.flatMap(id => {
    const others = (claims.get(id) ?? []).filter(ref => ref !== base.ref);
    return others.length > 0 ? [duplicateId(base.ref, id, others.sort())] : [];
  });
  if (problems.length === 0) {
    return resolution;
  }
  return {
    ok: false,
    ref: base.ref,
    title: base.title,
    accountId: base.accountId,
    ...(base.owner !== undefined && { owner: base.owner }),
    problems: [...(resolution.ok ? [] : resolution.problems), ...problems],
  };
}

function canonicalRef(ref: string): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    return undefined;
  }
}

function positionOf(cursor: string | undefined): number {
  if (cursor === undefined) {
    return 0;
  }
  if (!/^[0-9]{1,7}$/.test(cursor)) {
    throw inputError(
      'invalid-input',
      'The cursor is not one of this list; start again without it.',
    );
  }
  return Number(cursor);
}
