// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { join } from 'path';
import { repositoryRoot, withRelations } from '../demoEntities';
import { lifeEntities, PERSON_KEY } from './people';

const trusted = (entity: Entity, file: string) =>
  ['managed-by-location', 'managed-by-origin-location'].every(
    name =>
      entity.metadata.annotations?.[`backstage.io/${name}`] ===
      `file:${join(repositoryRoot, 'examples', file)}`,
  );

/** Somebody as a plain reading of the catalog's entities has them. */
export interface KnownPerson {
  ref: string;
  key: string;
  groups: Set<string>;
  /** The same of every entity of this human being. */
  against: { refs: Set<string>; groups: Set<string> };
}

/** An account as a plain reading has it. */
export interface KnownAccount {
  ref: string;
  id: string;
  title: string;
  owner?: string;
  system?: string;
}

const group = (name: unknown) => `group:default/${name}`;

/** The catalog of a run, which can change; and what a few lines of code without our rules read from it. */
export class LifeCatalog {
  private entities = lifeEntities();
  private current = catalogServiceMock({ entities: this.entities });

  /** What the product reads. */
  readonly service = {
    getEntitiesByRefs: (...input) => this.current.getEntitiesByRefs(...input),
    queryEntities: (...input) => this.current.queryEntities(...input),
  } as CatalogService;

  /** Changes one entity, or takes it away. */
  change(ref: string, to: (entity: Entity) => Entity | undefined): void {
    this.entities = withRelations(
      this.entities.flatMap(entity =>
        stringifyEntityRef(entity) === ref ? to(entity) ?? [] : [entity],
      ),
    );
    this.current = catalogServiceMock({ entities: this.entities });
  }

  /** @returns undefined for somebody whom no trusted file names */
  person(ref: string): KnownPerson | undefined {
    const users = this.entities.filter(
      entity => entity.kind === 'User' && trusted(entity, 'org.yaml'),
    );
    const found = users.find(entity => stringifyEntityRef(entity) === ref);
    if (!found) {
      return undefined;
    }
    const same = users.filter(entity => keyOf(entity) === keyOf(found));
    return {
      ref,
      key: keyOf(found),
      groups: this.groupsOf(found),
      against: {
        refs: new Set(same.map(entity => stringifyEntityRef(entity))),
        groups: new Set(same.flatMap(entity => [...this.groupsOf(entity)])),
      },
    };
  }

  /** @returns undefined for what no trusted file names, and for two that claim one id */
  account(ref: string): KnownAccount | undefined {
    const all = this.entities.filter(
      entity => entity.kind === 'Resource' && trusted(entity, 'accounts.yaml'),
    );
    const found = all.find(entity => stringifyEntityRef(entity) === ref);
    const id = found && accountIdOf(found);
    if (!found || !id || !/^\d{12}$/.test(id)) {
      return undefined;
    }
    const owner = found.spec?.owner;
    return all.filter(entity => accountIdOf(entity) === id).length > 1
      ? undefined
      : {
          ref,
          id,
          title: found.metadata.title!,
          owner: owner === 'unknown' ? undefined : group(owner),
          system: String(found.spec?.system),
        };
  }

  private groupsOf(user: Entity): Set<string> {
    const groups = new Set((user.spec?.memberOf as string[]).map(group));
    // A set can grow while it is walked: parents of parents come in turn.
    for (const ref of groups) {
      const parent = this.entities.find(
        entity => stringifyEntityRef(entity) === ref,
      )?.spec?.parent;
      if (parent) {
        groups.add(group(parent));
      }
    }
    return groups;
  }
}

function keyOf(user: Entity): string {
  const key = user.metadata.annotations?.[PERSON_KEY];
  return key?.toLowerCase() ?? stringifyEntityRef(user);
}

function accountIdOf({ metadata: { annotations } }: Entity) {
  return (
    annotations?.['amazonaws.com/account-id'] ??
    annotations?.['amazon.com/account-id']
  );
}
