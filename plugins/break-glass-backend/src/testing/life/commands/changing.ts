// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { CHANGES } from '../LifeConfiguration';
import { commandsOf } from './LifeCommand';

/** An operator changes the configuration and starts the backend anew. */
export const configuring = commandsOf(
  'configure',
  fc.constantFrom(...Object.keys(CHANGES)),
  async (world, name) => {
    world.configuration.change(name, world.now());
    await world.restart();
  },
);

const memberOf =
  (...groups: string[]) =>
  (entity: Entity): Entity => ({
    ...entity,
    spec: { ...entity.spec, memberOf: groups },
  });

const ownedBy =
  (owner: string) =>
  (entity: Entity): Entity => ({ ...entity, spec: { ...entity.spec, owner } });

const withId =
  (id: string) =>
  (entity: Entity): Entity => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        'amazonaws.com/account-id': id,
      },
    },
  });

const EDITS: Record<string, [string, (entity: Entity) => Entity | undefined]> =
  {
    'Mary leaves the cloud admins': ['user:default/mary', memberOf('platform')],
    'Mary joins them': ['user:default/mary', memberOf('cloud-admins')],
    'Daniel leaves the cloud admins': ['user:default/daniel', memberOf()],
    'Daniel joins them': ['user:default/daniel', memberOf('cloud-admins')],
    'Priya is gone': ['user:default/priya', () => undefined],
    'Sven joins the platform': [
      'user:default/sven',
      memberOf('senior-management', 'platform'),
    ],
    'Sven leaves the platform': [
      'user:default/sven',
      memberOf('senior-management'),
    ],
    'payroll is another account': [
      'resource:default/payroll',
      withId('999900001111'),
    ],
    'payroll claims another’s id': [
      'resource:default/payroll',
      withId('222233334444'),
    ],
    'payroll is itself again': [
      'resource:default/payroll',
      withId('111122223333'),
    ],
    'payments gets other owners': [
      'resource:default/payments',
      ownedBy('payroll-developers'),
    ],
    'payments is owned by nobody': [
      'resource:default/payments',
      ownedBy('unknown'),
    ],
    'payments gets its owners back': [
      'resource:default/payments',
      ownedBy('payments-developers'),
    ],
  };

/** Somebody edits the catalog's files. */
export const editing = commandsOf(
  'edit the catalog:',
  fc.constantFrom(...Object.keys(EDITS)),
  async (world, name) => {
    const [ref, to] = EDITS[name];
    world.catalog.change(ref, to);
  },
);
