import { Entity } from '@backstage/catalog-model';
import {
  aCatalog,
  anEntity,
  trustedOrigins,
  untrusted,
} from '../testing/catalog';
import { CatalogAccountDirectory } from './CatalogAccountDirectory';
import { AccountResolution } from './types';

const config = {
  trust: { accounts: trustedOrigins, people: trustedOrigins },
  partitions: {
    aws: { brokerAccountId: '555566667777', endpoints: {} },
    'aws-us-gov': { brokerAccountId: '888899990000', endpoints: {} },
  },
  defaultRegions: { aws: 'eu-central-1' },
  controlPlaneAccountIds: ['555566667777'],
  externalIds: { '222233334444': 'bg-payments' },
};
const ID = 'amazonaws.com/account-id';
const OTHER_ID = 'amazon.com/account-id';
const ARN = 'amazonaws.com/arn';
const REGION = 'amazonaws.com/region';

function anAccount(
  name: string,
  annotations: Record<string, string>,
  spec: Record<string, string> = {},
): Entity {
  return anEntity(
    'Resource',
    name,
    { type: 'cloud-account', owner: 'payroll-developers', ...spec },
    annotations,
  );
}

const owners = anEntity('Group', 'payroll-developers');

function directoryOf(...entities: Entity[]) {
  return new CatalogAccountDirectory(
    aCatalog(owners, ...entities).reader,
    config,
  );
}

function resolve(name: string, ...entities: Entity[]) {
  return directoryOf(...entities).resolve(`resource:default/${name}`);
}

function problemsOf(resolution: AccountResolution | undefined) {
  return resolution && !resolution.ok
    ? resolution.problems.map(({ code }) => code)
    : [];
}

describe('CatalogAccountDirectory.resolve', () => {
  it('maps an account with everything that the annotations say', async () => {
    const entity = anAccount('gov', {
      [ID]: '444455556666',
      [ARN]:
        'arn:aws-us-gov:organizations::888899990000:account/o-x/444455556666',
      [REGION]: 'us-gov-west-1',
    });

    expect(await resolve('gov', entity)).toEqual({
      ok: true,
      account: {
        ref: 'resource:default/gov',
        title: 'gov',
        accountId: '444455556666',
        partition: 'aws-us-gov',
        region: 'us-gov-west-1',
        owner: 'group:default/payroll-developers',
        controlPlane: false,
        labels: {},
        tags: [],
      },
    });
  });

  it('reads the other dialect, with partition and region by default', async () => {
    const entity = anAccount(
      'lake',
      { [OTHER_ID]: '333344445555' },
      { type: 'aws-account' },
    );

    expect(await resolve('lake', entity)).toMatchObject({
      ok: true,
      account: {
        accountId: '333344445555',
        partition: 'aws',
        region: 'eu-central-1',
      },
    });
  });

  it('knows the control plane and external ids by account id', async () => {
    const portal = anAccount('portal', { [ID]: '555566667777' });
    const payments = anAccount('payments', { [ID]: '222233334444' });

    expect(await resolve('portal', portal)).toMatchObject({
      account: { controlPlane: true },
    });
    expect(await resolve('payments', payments)).toMatchObject({
      account: { controlPlane: false, externalId: 'bg-payments' },
    });
  });

  it('finds a ref whatever its case', async () => {
    const directory = directoryOf(
      anAccount('payroll', { [ID]: '111122223333' }),
    );

    expect(await directory.resolve('Resource:Default/Payroll')).toMatchObject({
      ok: true,
    });
  });

  it.each([
    'resource:default/nothing',
    'resource:default/bucket',
    'group:default/payroll-developers',
    'not a ref',
  ])('knows no account %s', async ref => {
    const bucket = anAccount(
      'bucket',
      { [ID]: '111122223333' },
      { type: 's3' },
    );

    expect(await directoryOf(bucket).resolve(ref)).toBeUndefined();
  });

  it.each<[string, Record<string, string>, string]>([
    ['no id', {}, 'missing-id'],
    ['four digits', { [ID]: '1234' }, 'malformed-id'],
    ['thirteen digits', { [ID]: '1111222233334' }, 'malformed-id'],
    ['a newline behind', { [ID]: '111122223333\n' }, 'malformed-id'],
    ['other digits', { [ID]: '１１１１２２２２３３３３' }, 'malformed-id'],
    [
      'two ids in two dialects',
      { [ID]: '111122223333', [OTHER_ID]: '222233334444' },
      'malformed-id',
    ],
    [
      "another account's ARN",
      {
        [ID]: '111122223333',
        [ARN]: 'arn:aws:organizations::555566667777:account/o-x/222233334444',
      },
      'malformed-id',
    ],
    ['no ARN', { [ID]: '111122223333', [ARN]: 'payroll' }, 'partition-unknown'],
    [
      'an unknown partition',
      { [ID]: '111122223333', [ARN]: 'arn:aws-mars:iam::111122223333:root' },
      'partition-unknown',
    ],
    [
      'a partition without broker',
      {
        [ID]: '111122223333',
        [ARN]: 'arn:aws-cn:iam::111122223333:root',
        [REGION]: 'cn-north-1',
      },
      'partition-unknown',
    ],
    [
      'no region',
      { [ID]: '111122223333', [ARN]: 'arn:aws-us-gov:iam::111122223333:root' },
      'region-unknown',
    ],
    [
      "another partition's region",
      { [ID]: '111122223333', [REGION]: 'us-gov-west-1' },
      'region-unknown',
    ],
    [
      'a host as region (pitfall 31)',
      { [ID]: '111122223333', [REGION]: 'evil.example/' },
      'region-unknown',
    ],
  ])('refuses by name an account with %s', async (_, annotations, code) => {
    const resolution = await resolve('x', anAccount('x', annotations));

    expect(problemsOf(resolution)).toEqual([code]);
    expect(JSON.stringify(resolution)).toContain('resource:default/x');
  });

  it('refuses a suspended account', async () => {
    const entity = anAccount('old', { [ID]: '111122223333' });
    entity.metadata.labels = { 'amazonaws.com/account-status': 'suspended' };

    expect(problemsOf(await resolve('old', entity))).toEqual(['suspended']);
  });

  it('shows text of the catalog inert in messages (pitfall 32)', async () => {
    const entity = anAccount('x', {
      [ID]: '\u001b[31m\u202eevil\r\n'.repeat(99),
    });
    const resolution = await resolve('x', entity);
    const message =
      resolution && !resolution.ok ? resolution.problems[0].message : '';

    expect(message).toMatch(/^[\x20-\x7e…]{1,200}$/);
  });
});

describe('I13: trust of accounts', () => {
  const payroll = anAccount('payroll', { [ID]: '111122223333' });

  it('pitfall 34: refuses an account from an untrusted origin, and says from where', async () => {
    const shadow = untrusted(anAccount('shadow', { [ID]: '777788889999' }));
    const resolution = await resolve('shadow', shadow);

    expect(problemsOf(resolution)).toEqual(['untrusted-origin']);
    expect(JSON.stringify(resolution)).toContain('/catalog/anybody.yaml');
  });

  it('refuses both of two trusted entities that claim one id, naming each other', async () => {
    const twin = anAccount(
      'twin',
      { [OTHER_ID]: '111122223333' },
      { type: 'aws-account' },
    );

    for (const [name, other] of [
      ['payroll', 'twin'],
      ['twin', 'payroll'],
    ]) {
      const resolution = await resolve(name, payroll, twin);
      expect(problemsOf(resolution)).toEqual(['duplicate-id']);
      expect(JSON.stringify(resolution)).toContain(`resource:default/${other}`);
    }
  });

  it('an untrusted entity cannot take an account away by claiming its id', async () => {
    const thief = untrusted(anAccount('thief', { [ID]: '111122223333' }));

    expect(await resolve('payroll', payroll, thief)).toMatchObject({
      ok: true,
    });
    expect(problemsOf(await resolve('thief', payroll, thief))).toEqual([
      'untrusted-origin',
    ]);
  });

  it('finds a duplicate behind more entities than one page holds', async () => {
    const noise = Array.from({ length: 600 }, (_, index) =>
      untrusted(anAccount(`noise-${index}`, { [ID]: '111122223333' })),
    );
    const twin = anAccount('twin', { [ID]: '111122223333' });

    expect(
      problemsOf(await resolve('payroll', payroll, ...noise, twin)),
    ).toEqual(['duplicate-id']);
  });

  it.each([
    ['unknown', 'unknown'],
    ['a group that is not there', 'ghosts'],
    ['neither group nor user', 'component:default/payroll'],
    ['no ref', 'a:b:c'],
  ])('an owner that is %s is no owner', async (_, owner) => {
    const entity = anAccount('x', { [ID]: '111122223333' }, { owner });
    const component = anEntity('Component', 'payroll');
    const resolution = await resolve('x', entity, component);

    expect(resolution).toMatchObject({ ok: true });
    expect(resolution?.ok && resolution.account.owner).toBeUndefined();
  });

  it('a group from an untrusted origin is no owner', async () => {
    const evil = untrusted(anEntity('Group', 'evil'));
    const entity = anAccount('x', { [ID]: '111122223333' }, { owner: 'evil' });
    const resolution = await resolve('x', entity, evil);

    expect(resolution?.ok && resolution.account.owner).toBeUndefined();
  });

  it('the owner that an untrusted entity names is not handed on', async () => {
    const resolution = await resolve(
      'shadow',
      untrusted(anAccount('shadow', { [ID]: '777788889999' })),
    );

    expect(resolution && !resolution.ok && resolution.owner).toBeUndefined();
  });
});

describe('CatalogAccountDirectory.list', () => {
  const many = Array.from({ length: 5 }, (_, index) =>
    anAccount(`account-${index}`, { [ID]: `00000000000${index}` }),
  );
  const refs = (page: { items: AccountResolution[] }) =>
    page.items.map(it => (it.ok ? it.account.ref : it.ref));

  it('goes through all accounts page by page, and through nothing else', async () => {
    const directory = directoryOf(...many, anEntity('Component', 'account-9'));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await directory.list({ limit: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      found.push(...refs(page));
      cursor = page.nextCursor;
    } while (cursor && found.length < 10);

    expect(found).toEqual(
      many.map(it => `resource:default/${it.metadata.name}`),
    );
  });

  it('searches by name and by account id', async () => {
    const directory = directoryOf(...many);

    expect(
      refs(await directory.list({ limit: 9, search: 'account-3' })),
    ).toEqual(['resource:default/account-3']);
    expect(
      refs(await directory.list({ limit: 9, search: '000000000004' })),
    ).toEqual(['resource:default/account-4']);
  });

  it('lists accounts that cannot be used, with their problems', async () => {
    const page = await directoryOf(
      anAccount('one', { [ID]: '111122223333' }),
      anAccount('two', { [ID]: '111122223333' }),
    ).list({ limit: 9 });

    expect(page.items.map(problemsOf)).toEqual([
      ['duplicate-id'],
      ['duplicate-id'],
    ]);
  });

  describe('of those that can be used, or that cannot', () => {
    /** Every third of many cannot be used; the catalog has more than are read at once. */
    const mixed = Array.from({ length: 450 }, (_, index) =>
      anAccount(`account-${String(index).padStart(4, '0')}`, {
        [ID]: index % 3 ? String(index).padStart(12, '0') : `no-${index}`,
      }),
    );

    async function allOf(usable: boolean, limit: number) {
      const directory = directoryOf(...mixed);
      const pages: AccountResolution[][] = [];
      let cursor: string | undefined;
      do {
        const page = await directory.list({ usable, limit, cursor });
        pages.push(page.items);
        cursor = page.nextCursor;
      } while (cursor && pages.length < 100);
      return pages;
    }

    it.each([
      [false, 40, 150],
      [false, 100, 150],
      [true, 100, 300],
    ])(
      'usable=%s: fills pages of %i, and holds each of the %i once, in order',
      async (usable, limit, count) => {
        const pages = await allOf(usable, limit);
        const all = pages.flat();

        expect(all).toHaveLength(count);
        expect(all.every(({ ok }) => ok === usable)).toBe(true);
        expect(refs({ items: all })).toEqual(
          [...new Set(refs({ items: all }))].sort(),
        );
        pages.slice(0, -1).forEach(page => expect(page).toHaveLength(limit));
      },
    );

    it('goes on behind what one question looks through, with a cursor and no items', async () => {
      const good = Array.from({ length: 5_001 }, (_, index) =>
        anAccount(`good-${String(index).padStart(5, '0')}`, {
          [ID]: String(index).padStart(12, '0'),
        }),
      );
      const bad = anAccount('zzz', { [ID]: '1' });
      const directory = directoryOf(...good, bad);
      const first = await directory.list({ usable: false, limit: 10 });
      const second = await directory.list({
        usable: false,
        limit: 10,
        cursor: first.nextCursor,
      });

      expect(first).toEqual({ items: [], nextCursor: '5000' });
      expect(refs(second)).toEqual(['resource:default/zzz']);
      expect(second.nextCursor).toBeUndefined();
    });

    it('searches among them', async () => {
      const page = await directoryOf(...mixed).list({
        usable: false,
        limit: 10,
        search: 'account-0003',
      });
      expect(refs(page)).toEqual(['resource:default/account-0003']);
    });
  });

  it.each(['-1', '1e9', 'eyJmaWx0ZXIiOltdfQ==', ''])(
    'refuses the cursor %j, which it did not give',
    async cursor => {
      await expect(
        directoryOf(...many).list({ limit: 2, cursor }),
      ).rejects.toMatchObject({ code: 'invalid-input' });
    },
  );
});
