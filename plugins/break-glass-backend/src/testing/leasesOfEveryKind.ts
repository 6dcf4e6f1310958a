// Used by tests only, though not one itself.
import { Entity } from '@backstage/catalog-model';
import { LeaseRequest } from 'backstage-plugin-break-glass-common';
import { Database } from '../database/types';
import { aRequest } from './aLease';
import { demoEntities, withRelations } from './demoEntities';
import { FakeClock } from './FakeClock';
import { leaseServices } from './leaseServices';
import { WITHHELD_ACCOUNT } from './permissionModes';
import { anActivityRow, anEvidenceRow, anId } from './rows';
import { aUseRow } from './unbrokeredRows';

/** Leases in three states, on one account. */
export interface LeasesOnAnAccount {
  pending: string;
  active: string;
  ended: string;
  /** An event under the ended one. */
  eventId: string;
  /** What remains to be done after the ended one; Mary has to do it. */
  followUpId: string;
}

/** Ids of leases in every state that the attempts need. */
export interface LeasesOfEveryKind {
  shown: LeasesOnAnAccount;
  /** On the account that the conditional policy keeps from everybody. */
  withheld: LeasesOnAnAccount;
  /** Waits, and was asked for Priya, who could approve it otherwise. */
  forPriya: string;
  /** Waits for a second step, after Peter, who fits both, gave the first. */
  secondStep: string;
  /** Over by the clock, with nothing recorded. */
  overByClock: string;
  /** Ended, and Oscar approved it, who reviews. */
  approvedByOscar: string;
  /** Ended, and Oscar's own. */
  oscarsOwn: string;
  toEnd: string;
  toCancel: string;
  toRevoke: string;
  useId: string;
}

/** The demo's people, where Oscar, who reviews, and Peter, who owns an account, are cloud admins, too. */
export function peopleOfSeveralGroups(): Entity[] {
  return withRelations(
    demoEntities().map(entity =>
      entity.kind === 'User' &&
      ['oscar', 'peter'].includes(entity.metadata.name)
        ? {
            ...entity,
            spec: {
              ...entity.spec,
              memberOf: [
                ...(entity.spec!.memberOf as string[]),
                'cloud-admins',
              ],
            },
          }
        : entity,
    ),
  );
}

/** Makes them by the services, beside any portal and its permission framework. */
export async function makeLeasesOfEveryKind(options: {
  database: Database;
  clock: FakeClock;
  entities: Entity[];
  /** Folder for the spool. */
  folder: string;
}): Promise<LeasesOfEveryKind> {
  const { database, clock } = options;
  const { requests, decisions, closing } = leaseServices(options);
  const caller = (name: string) => ({ ref: `user:default/${name}` });
  const ask = async (change: Partial<LeaseRequest> = {}, by = 'mary') =>
    (await requests.request(caller(by), aRequest(change))).id;
  const approve = async (id: string, by = 'daniel', step?: string) => {
    const row = (await database.leases.get(id))!;
    await decisions.decide(caller(by), id, {
      verdict: 'approve',
      scopeHash: row.scopeHash,
      term: { durationMinutes: row.durationMinutes },
      step,
    });
    return id;
  };
  const active = async (change: Partial<LeaseRequest> = {}) =>
    approve(await ask(change));
  const end = async (id: string, by = 'mary') => {
    await closing.end(caller(by), id);
    return id;
  };
  const onAccount = async (accountRef?: string): Promise<LeasesOnAnAccount> => {
    const on = accountRef ? { accountRef } : {};
    const ended = await end(await active(on));
    const event = anActivityRow({ leaseId: ended });
    await database.activity.upsert([event]);
    await database.evidence.put(anEvidenceRow({ leaseId: ended }));
    const followUpId = anId();
    await database.followUps.insert([
      {
        id: followUpId,
        leaseId: ended,
        reviewId: anId(),
        accountTitle: 'An account',
        title: 'Put the policy right in code',
        owner: 'user:default/mary',
        createdAt: clock.now(),
        createdBy: 'user:default/rita',
      },
    ]);
    return {
      ended,
      eventId: event.eventId,
      followUpId,
      active: await active(on),
      pending: await ask({ ...on, profileId: 'contain-incident' }),
    };
  };

  const overByClock = await active({ durationMinutes: 30 });
  clock.advance({ hours: 3 });
  const use = aUseRow();
  await database.unbrokered.insert(use);
  return {
    shown: await onAccount(),
    withheld: await onAccount(WITHHELD_ACCOUNT),
    forPriya: await ask({
      profileId: 'read-everything',
      beneficiary: 'user:default/priya',
    }),
    secondStep: await approve(
      await ask({ accountRef: 'resource:default/payments' }),
      'peter',
      'owner',
    ),
    overByClock,
    approvedByOscar: await end(await approve(await ask(), 'oscar')),
    oscarsOwn: await end(await approve(await ask({}, 'oscar')), 'oscar'),
    toEnd: await active(),
    toRevoke: await active(),
    toCancel: await ask({
      profileId: 'unlock-bucket',
      profileParameters: { bucket: 'payroll-reports' },
    }),
    useId: use.id,
  };
}
