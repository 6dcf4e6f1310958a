import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { CatalogAccountDirectory, CatalogPeople } from '../../accounts';
import { readBreakGlassConfig } from '../../config';
import { aCatalog, anEntity, TRUSTED_FILE } from '../../testing/catalog';
import { FakeClock } from '../../testing/FakeClock';
import { aSection } from '../../testing/section';
import { PolicyProofs } from './PolicyProofs';

const TRUST = [{ type: 'file', target: TRUSTED_FILE }];

const user = (name: string, memberOf: string[], email?: string) =>
  anEntity('User', name, {
    memberOf,
    profile: { email: email ?? `${name}@example.com` },
  });
const group = (name: string) => anEntity('Group', name, { children: [] });
const account = (index: number, owner: string) =>
  anEntity(
    'Resource',
    `account-${index}`,
    { type: 'aws-account', owner },
    { 'amazonaws.com/account-id': String(100_000_000_000 + index) },
  );

/** One admin approves, and somebody of the account's owners. */
function ownersSection() {
  const section = aSection();
  section.trust = { accounts: TRUST, people: TRUST } as never;
  section.approvalPolicies[0].steps.push({
    id: 'owner',
    title: 'Owner',
    from: { accountOwner: true },
  } as never);
  return section;
}

/** Proofs on a catalog, with what was logged and how often the catalog was asked. */
function proofsOn(entities: Entity[], section: object = ownersSection()) {
  const { catalog, reader } = aCatalog(...entities);
  const asked = [
    jest.spyOn(catalog, 'queryEntities'),
    jest.spyOn(catalog, 'getEntitiesByRefs'),
  ];
  const config = readBreakGlassConfig(
    new ConfigReader(JSON.parse(JSON.stringify({ breakGlass: section }))),
    { repositoryRoot: '/' },
  );
  const clock = new FakeClock();
  const warnings: string[] = [];
  const proofs = new PolicyProofs({
    config,
    people: new CatalogPeople(reader, config),
    directory: new CatalogAccountDirectory(reader, config),
    clock,
    logger: mockServices.logger.mock({
      warn: message => {
        warnings.push(message);
      },
    }),
    usable: () => true,
  });
  return {
    proofs,
    config,
    clock,
    warnings,
    catalog,
    reads: () => asked.reduce((sum, { mock }) => sum + mock.calls.length, 0),
  };
}

const few = [
  user('mary', ['cloud-admins']),
  user('daniel', ['cloud-admins']),
  user('olga', ['owners']),
  group('cloud-admins'),
  group('owners'),
  account(1, 'group:default/owners'),
  account(2, 'group:default/gone'),
];

describe('PolicyProofs', () => {
  it('says once which accounts nobody can get access to', async () => {
    const { proofs, warnings, clock } = proofsOn(few);
    const words =
      'Break glass on account-2, policy second-admin: nobody can approve the step Owner for anybody.';

    expect(await proofs.state()).toEqual({ ok: false, words });
    clock.advance({ hours: 2 });
    await proofs.refresh();

    expect(warnings).toEqual([words]);
  });

  it('has nothing to say where all is well, but for what one person gets alone by design', async () => {
    const section = ownersSection();
    Object.assign(section.approvalPolicies[0], {
      emergency: { maxDuration: '15m', reviewWithin: '1h' },
    });
    const { proofs, warnings } = proofsOn(few.slice(0, -1), section);

    expect(await proofs.state()).toEqual({
      ok: true,
      words:
        'Every request can be approved, and by no one person alone. One person alone, as configured: in an emergency under second-admin.',
    });
    expect(warnings).toEqual([]);
  });

  it('knows each requester, also under a policy that no account of the catalog takes', async () => {
    const { proofs, config } = proofsOn(few);
    const [role] = config.roles;
    const [policy] = config.approvalPolicies;
    const people = new Map(
      (
        await new CatalogPeople(aCatalog(...few).reader, config).everybody()
      ).map(each => [each.ref, each]),
    );
    const finding = (owner: string | undefined, name = 'mary') =>
      proofs.finding(role, policy, owner, people.get(`user:default/${name}`)!);

    expect(await finding('group:default/owners')).toBeUndefined();
    expect(await finding('user:default/daniel')).toMatchObject({
      code: 'nobody-can-approve',
      message: expect.stringContaining('the step'),
    });
    expect(await finding(undefined)).toMatchObject({
      code: 'nobody-can-approve',
    });
    // Who may not ask has nobody to miss.
    expect(await finding(undefined, 'olga')).toBeUndefined();
  });

  it('names the person who could approve alone, and what mends it', async () => {
    const section = ownersSection();
    section.approvalPolicies[0].steps.pop();
    const { proofs, config, warnings } = proofsOn(
      [...few, user('mary-2', ['cloud-admins'], 'MARY@example.com')],
      section,
    );

    expect(
      await proofs.unsafe(
        config.roles[0],
        config.approvalPolicies[0],
        undefined,
        ['user:default/daniel', 'user:default/mary-2'],
      ),
    ).toEqual({
      code: 'policy-unsafe',
      message: expect.stringMatching(
        /Break glass .* second-admin: mary \(user:default\/mary and user:default\/mary-2\)\. .*personKeyAnnotation/,
      ),
    });
    // Others cannot approve their own by it, and go on.
    expect(
      await proofs.unsafe(
        config.roles[0],
        config.approvalPolicies[0],
        undefined,
        ['user:default/daniel'],
      ),
    ).toBeUndefined();
    expect(warnings).toHaveLength(1);
    expect(await proofs.state()).toEqual({ ok: false, words: warnings[0] });
  });

  it('reads the catalog page by page, whatever the number of accounts, owners and people', async () => {
    const owners = Array.from({ length: 20 }, (_, index) => `team-${index}`);
    const { proofs, reads, config } = proofsOn([
      group('cloud-admins'),
      ...owners.map(group),
      ...Array.from({ length: 2_000 }, (_, index) =>
        user(`user-${index}`, [
          ...(index < 30 ? ['cloud-admins'] : []),
          owners[index % 19],
        ]),
      ),
      ...Array.from({ length: 500 }, (_, index) =>
        account(index, `group:default/${owners[index % 20]}`),
      ),
    ]);

    const all = await Promise.all([proofs.state(), proofs.refresh()]);

    // Five pages of people and groups; five of accounts, each with its owners and its ids.
    expect(reads()).toBe(5 + 5 * 3);
    expect(all[0].words).toMatch(
      /^Break glass on account-119, .* and 20 more, policy second-admin: nobody can approve the step Owner for anybody\.$/,
    );
    await proofs.unsafe(
      config.roles[0],
      config.approvalPolicies[0],
      'group:default/team-3',
      ['user:default/user-1'],
    );
    await proofs.state();
    expect(reads()).toBe(20);
  });

  it('keeps what it knew where the catalog does not answer, and says so to who asks for the state', async () => {
    const { proofs, config, catalog, clock } = proofsOn(few);
    await proofs.refresh();
    jest
      .spyOn(catalog, 'queryEntities')
      .mockRejectedValue(new Error('The catalog is down'));
    clock.advance({ hours: 2 });

    await expect(proofs.state()).rejects.toThrow('catalog cannot be read');
    expect(
      await proofs.unsafe(
        config.roles[0],
        config.approvalPolicies[0],
        undefined,
        ['user:default/mary'],
      ),
    ).toBeUndefined();
  });

  it('where nothing was proved yet and the catalog does not answer, nothing is safe', async () => {
    const { proofs, config, catalog } = proofsOn(few);
    jest
      .spyOn(catalog, 'queryEntities')
      .mockRejectedValue(new Error('The catalog is not there yet'));

    await expect(
      proofs.unsafe(config.roles[0], config.approvalPolicies[0], undefined, [
        'user:default/mary',
      ]),
    ).rejects.toThrow('catalog cannot be read');
  });
});
