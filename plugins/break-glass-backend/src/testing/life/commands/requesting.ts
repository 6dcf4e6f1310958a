// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { LifeWorld } from '../LifeWorld';
import { statusOf } from '../Snapshot';
import { commandsOf } from './LifeCommand';
import { aRequester, rarely } from './draws';

const HOUR = 3_600_000;

/** What is asked for: what is offered, each as often as it takes to meet. */
const OFFERED = [
  ...Array(4).fill(['break-glass', 's3-kms-iam']),
  ['break-glass', 'unlock-bucket'],
  ...Array(2).fill(['break-glass-full', 'full']),
];
/** And what is not. */
const NOT_OFFERED = [
  ['break-glass', 'full'],
  ['read-only', 'full'],
];

const ACCOUNTS = [
  ...Array(6).fill('payroll'),
  ...['payments', 'payments', 'payments', 'data-lake', 'gov-payroll'],
];
/** The control plane, and accounts that are wrong. */
const ODD_ACCOUNTS = [
  ...['developer-portal', 'developer-portal', 'broken-id', 'twin-one'],
  ...['shadow-payroll', 'nowhere'],
];

const BENEFICIARIES = ['alice', 'priya', 'daniel', 'mary-admin', 'mallory'];

const usually = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd });

const usual = {
  choice: fc.constantFrom<string[]>(...OFFERED),
  account: fc.constantFrom<string>(...ACCOUNTS),
  bucket: fc.constant('payroll-reports'),
  startsInHours: rarely(8, fc.constantFrom(2, 30)),
  beneficiary: rarely(3, fc.constantFrom(...BENEFICIARIES)),
  durationMinutes: fc.constantFrom(15, 30, 60),
  emergency: rarely(7, fc.constantFrom(true, true, true, false)),
  key: rarely(10, fc.constantFrom('one', 'two')),
};

const drawn = fc.record({
  ...usual,
  caller: aRequester,
  choice: usually(usual.choice, fc.constantFrom(...NOT_OFFERED)),
  account: usually(usual.account, fc.constantFrom(...ODD_ACCOUNTS)),
  bucket: usually(usual.bucket, fc.constant('a*')),
  durationMinutes: usually(usual.durationMinutes, fc.constantFrom(120, 240)),
});

type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

/** A request for a lease. */
export const requesting = commandsOf('request', drawn, request);

async function request(world: LifeWorld, input: Drawn): Promise<void> {
  const { caller, choice, account, startsInHours, emergency } = input;
  const [roleId, profileId] = choice;
  touchLapsed(world);
  const accountRef = `resource:default/${account}`;
  const startAt =
    startsInHours === undefined
      ? undefined
      : new Date(world.now() + startsInHours * HOUR).toISOString();
  await world.attempt(caller, () =>
    world.services.requests.request(
      { ref: caller },
      {
        accountRef,
        roleId,
        profileId,
        profileParameters:
          profileId === 'unlock-bucket' ? { bucket: input.bucket } : {},
        reason: 'Nobody gets into the bucket',
        ticket: 'SUP-1234',
        beneficiary: input.beneficiary
          ? `user:default/${input.beneficiary}`
          : undefined,
        durationMinutes: input.durationMinutes,
        startAt,
        emergency:
          emergency === undefined
            ? undefined
            : {
                confirmation: emergency
                  ? world.catalog.account(accountRef)?.title ?? ''
                  : 'Something else',
              },
      },
      input.key,
    ),
  );
}

/** Asking again records that the request before it lapsed. */
function touchLapsed(world: LifeWorld): void {
  for (const lease of world.stored().leases.values()) {
    if (statusOf(lease, world.now()) === 'lapsed') {
      world.touch(lease.id);
    }
  }
}
