import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  EntityFilterQuery,
  QueryEntitiesInitialRequest,
} from '@backstage/catalog-client';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { unavailableError } from '../errors';

const REFS_PER_READ = 200;
const ENTITIES_PER_PAGE = 500;
/** More entities than this for one filter are no catalog but a fault, or a flood. */
const MAX_PAGES = 100;

/** The part of the catalog that we use. */
export type Catalog = Pick<
  CatalogService,
  'getEntitiesByRefs' | 'queryEntities'
>;

/**
 * Reads the catalog now, as the plugin itself, because what a person may see must not change who may do what.
 * Fails closed: where the catalog does not answer, nobody is anybody.
 */
export class CatalogReader {
  constructor(
    private readonly catalog: Catalog,
    private readonly credentials: () => Promise<BackstageCredentials>,
  ) {}

  /** Entities by canonical ref; those that do not exist are not in the answer. */
  async byRefs(refs: Iterable<string>): Promise<Map<string, Entity>> {
    const wanted = [...new Set(refs)];
    const found = new Map<string, Entity>();
    for (let at = 0; at < wanted.length; at += REFS_PER_READ) {
      const entityRefs = wanted.slice(at, at + REFS_PER_READ);
      const { items } = await this.ask(credentials =>
        this.catalog.getEntitiesByRefs({ entityRefs }, { credentials }),
      );
      items.forEach(entity => {
        if (entity) {
          found.set(stringifyEntityRef(entity), entity);
        }
      });
    }
    return found;
  }

  /** One page. */
  async page(
    request: QueryEntitiesInitialRequest,
  ): Promise<{ items: Entity[]; more: boolean }> {
    const answer = await this.ask(credentials =>
      this.catalog.queryEntities(request, { credentials }),
    );
    return {
      items: answer.items,
      more: answer.pageInfo.nextCursor !== undefined,
    };
  }

  /**
   * All entities of a filter, page by page.
   * @param maxPages - how many are read; more than that is an error, never a part
   */
  async all(
    filter: EntityFilterQuery,
    maxPages = MAX_PAGES,
  ): Promise<Entity[]> {
    const found: Entity[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < maxPages; page++) {
      const request = cursor
        ? { cursor, limit: ENTITIES_PER_PAGE }
        : { filter, limit: ENTITIES_PER_PAGE };
      const answer = await this.ask(credentials =>
        this.catalog.queryEntities(request, { credentials }),
      );
      found.push(...answer.items);
      cursor = answer.pageInfo.nextCursor;
      if (!cursor) {
        return found;
      }
    }
    throw unavailable();
  }

  private async ask<T>(
    work: (credentials: BackstageCredentials) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(await this.credentials());
    } catch (error) {
      // Not enumerable: what the catalog says of its inside is for the log, not for people.
      throw Object.defineProperty(unavailable(), 'cause', { value: error });
    }
  }
}

function unavailable() {
  return unavailableError(
    'catalog-unavailable',
    'The catalog cannot be read now, so nobody’s rights can be checked; nothing was changed. Try again in a minute.',
  );
}
