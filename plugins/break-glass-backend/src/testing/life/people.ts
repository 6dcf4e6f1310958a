import { Entity } from '@backstage/catalog-model';
import { demoEntities } from '../demoEntities';

/** Annotation that tells human beings apart. */
export const PERSON_KEY = 'example.com/person';

/** A user entity like those of the demo, from the same file. */
function aUser(
  like: Entity,
  name: string,
  memberOf: string[],
  annotations: Record<string, string> = {},
): Entity {
  return {
    ...like,
    metadata: {
      ...like.metadata,
      name,
      title: name,
      annotations: { ...like.metadata.annotations, ...annotations },
    },
    spec: { profile: { displayName: name }, memberOf },
  };
}

function keyed(entity: Entity, key: string): Entity {
  const { metadata } = entity;
  return {
    ...entity,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, [PERSON_KEY]: key },
    },
  };
}

/** Read once: parsing it takes longer than a run. */
let demo: Entity[] | undefined;

/**
 * The demo's catalog, with people that it lacks: a second entity of Mary and of Daniel, a
 * manager who runs the cloud too, and one who says so only in a file that anybody may edit.
 */
export function lifeEntities(): Entity[] {
  demo ??= demoEntities();
  const named = (name: string) =>
    demo!.find(
      ({ kind, metadata }) => kind === 'User' && metadata.name === name,
    )!;
  const mary = named('mary');
  const untrusted = demo.find(
    ({ metadata }) => metadata.name === 'shadow-payroll',
  )!.metadata.annotations;
  return [
    ...demo.map(entity => {
      const key = { mary: 'E-1', daniel: 'E-2' }[entity.metadata.name];
      return entity.kind === 'User' && key ? keyed(entity, key) : entity;
    }),
    aUser(mary, 'mary-admin', ['cloud-admins', 'ciso-office'], {
      [PERSON_KEY]: 'e-1',
    }),
    aUser(mary, 'daniel-admin', ['security-reviewers', 'senior-management'], {
      [PERSON_KEY]: 'E-2',
    }),
    aUser(mary, 'dora', ['cloud-admins', 'senior-management']),
    aUser(mary, 'mallory', ['cloud-admins', 'ciso-office'], {
      ...untrusted,
    }),
  ];
}

/** People who do what they should, each as often as it takes to meet. */
const USUAL = [
  ...['mary', 'mary', 'daniel', 'daniel', 'priya', 'priya', 'dora'],
  ...['mary-admin', 'daniel-admin', 'alice', 'peter', 'carla', 'carla'],
  ...['sven', 'sven', 'oscar', 'nadia', 'rita', 'ada', 'frank'],
];

/** People, and callers that are none. */
export const CALLERS = [
  ...USUAL.map(name => `user:default/${name}`),
  'user:default/mallory',
  'user:default/nobody',
  'service:default/catalog',
  'plugin:scaffolder',
];
