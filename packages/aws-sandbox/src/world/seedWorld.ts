import { parsePolicy, PolicyDocument } from '../policy/policyDocument';
import { Account, Grants, User } from './entities';
import { seededId } from './Identifiers';
import {
  AccountSeed,
  PolicyJson,
  PolicySeed,
  RoleSeed,
  UserSeed,
  WorldSeed,
} from './WorldSeed';
import { World, WorldOptions } from './World';

function splitPath(pathAndName: string): { path: string; name: string } {
  const cut = pathAndName.lastIndexOf('/') + 1;
  return {
    path: pathAndName.slice(0, cut) || '/',
    name: pathAndName.slice(cut),
  };
}

function inlinePolicies(
  seed: Record<string, PolicyJson> = {},
): ReadonlyMap<string, PolicyDocument> {
  return new Map(
    Object.entries(seed).map(([name, json]) => [
      name,
      parsePolicy(JSON.stringify(json), 'identity'),
    ]),
  );
}

function addPolicy(world: World, account: Account, seed: PolicySeed): void {
  const { path, name } = splitPath(seed.path);
  const arn = `arn:${account.partition}:iam::${account.id}:policy${path}${name}`;
  const now = world.clock.now();
  const version = {
    id: 'v1',
    document: parsePolicy(JSON.stringify(seed.document), 'identity'),
    createdAt: now,
  };
  account.policies.set(arn, {
    arn,
    name,
    path,
    uniqueId: seededId('ANPA', arn),
    createdAt: now,
    updatedAt: now,
    versions: [version],
    nextVersion: 2,
    current: world.propagated(version),
  });
}

function addRole(world: World, account: Account, seed: RoleSeed): void {
  const { path, name } = splitPath(seed.path);
  const arn = `arn:${account.partition}:iam::${account.id}:role${path}${name}`;
  account.roles.set(name, {
    accountId: account.id,
    arn,
    name,
    path,
    uniqueId: seededId('AROA', arn),
    createdAt: world.clock.now(),
    maxSessionDuration: seed.maxSessionDuration ?? 3_600,
    trust: world.propagated(parsePolicy(JSON.stringify(seed.trust), 'trust')),
    tags: world.propagated<ReadonlyMap<string, string>>(
      new Map(Object.entries(seed.tags ?? {})),
    ),
    grants: world.propagated<Grants>({
      attached: seed.attached ?? [],
      inline: inlinePolicies(seed.inline),
      boundary: seed.boundary,
    }),
  });
}

function addUser(world: World, account: Account, seed: UserSeed): void {
  const { path, name } = splitPath(seed.path);
  const arn = `arn:${account.partition}:iam::${account.id}:user${path}${name}`;
  const createdAt = world.clock.now();
  const user: User = {
    accountId: account.id,
    arn,
    name,
    path,
    uniqueId: seededId('AIDA', arn),
    createdAt,
    grants: world.propagated<Grants>({
      attached: [],
      inline: inlinePolicies(seed.inline),
    }),
  };
  if (seed.mfaCode !== undefined) {
    const serialNumber = `arn:${account.partition}:iam::${account.id}:mfa/${name}`;
    user.mfa = { serialNumber, code: seed.mfaCode };
  }
  account.users.set(name, user);
  for (const key of seed.keys ?? []) {
    world.addCredential({ kind: 'user', user, createdAt, ...key });
  }
}

function addResources(world: World, account: Account, seed: AccountSeed): void {
  const createdAt = world.clock.now();
  for (const { name, policy, objects } of seed.buckets ?? []) {
    const bucket = world.addBucket(account, name, account.region);
    if (policy) {
      const document = parsePolicy(JSON.stringify(policy), 'resource');
      bucket.policy = world.propagated<PolicyDocument | undefined>(document);
    }
    for (const [key, text] of Object.entries(objects ?? {})) {
      bucket.objects.set(
        key,
        world.storedObject(Buffer.from(text), 'text/plain; charset=utf-8'),
      );
    }
  }
  for (const [name, value] of Object.entries(seed.secrets ?? {})) {
    const suffix = seededId('', name).slice(0, 6);
    const arn = `arn:${account.partition}:secretsmanager:${account.region}:${account.id}:secret:${name}-${suffix}`;
    const versionId = world.identifiers.uuid();
    account.secrets.set(name, { name, arn, value, versionId, createdAt });
  }
  for (const instance of seed.instances ?? []) {
    account.instances.set(instance.id, {
      ...instance,
      imageId: 'ami-0fedcba9876543210',
      state: 'running',
      launchedAt: createdAt,
      reservationId: `r-${instance.id.slice(2)}`,
    });
  }
}

function addAccount(world: World, seed: AccountSeed): void {
  const account: Account = {
    id: seed.id,
    partition: seed.partition,
    region: seed.region,
    disabledRegions: new Set(seed.disabledRegions),
    roles: new Map(),
    users: new Map(),
    identityProviders: new Map(
      (seed.identityProviders ?? []).map(({ issuer, ...provider }) => [
        issuer,
        {
          ...provider,
          arn: `arn:${seed.partition}:iam::${
            seed.id
          }:oidc-provider/${issuer.slice('https://'.length)}`,
        },
      ]),
    ),
    policies: new Map(),
    secrets: new Map(),
    instances: new Map(),
    snapshots: new Map(),
    trail: seed.trail && {
      ...seed.trail,
      arn: `arn:${seed.partition}:cloudtrail:${seed.region}:${seed.id}:trail/${seed.trail.name}`,
      logging: true,
      deleted: false,
    },
  };
  world.accounts.set(account.id, account);
  seed.policies?.forEach(policy => addPolicy(world, account, policy));
  seed.roles?.forEach(role => addRole(world, account, role));
  seed.users?.forEach(user => addUser(world, account, user));
  addResources(world, account, seed);
}

/**
 * Makes the world that a seed describes.
 * @throws PolicySyntaxError when a policy of the seed is not one
 */
export function seedWorld(seed: WorldSeed, options: WorldOptions): World {
  const world = new World(options);
  for (const account of seed.accounts) {
    if (!/^\d{12}$/.test(account.id) || world.accounts.has(account.id)) {
      throw new Error(`bad or repeated account id ${account.id} in the world`);
    }
    addAccount(world, account);
  }
  return world;
}
