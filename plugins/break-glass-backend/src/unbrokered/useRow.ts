import { Partition } from 'backstage-plugin-break-glass-common';
import { line } from '../activity/line';
import { BreakGlassConfig } from '../config/types';
import { Millis, UnbrokeredRow } from '../database/types';
import { UnexplainedUse } from './judgeUses';
import { responsibilityFor } from './responsibility';
import { Seen, useWords } from './useWords';

const MINUTE = 60_000;
const ACCESS_KEY_ID = /^[A-Z0-9]{16,128}$/;

/** The configured part that a use depends on. */
export type UseConfig = Pick<BreakGlassConfig, 'unbrokered' | 'partitions'>;

/** How a use came to us. */
export interface Finding {
  via: UnbrokeredRow['via'];
  now: Millis;
}

/** Of a use that has to be explained again. */
export const REOPENED: Partial<UnbrokeredRow> = {
  state: 'open',
  justifiedBy: undefined,
  justifiedAt: undefined,
  justification: undefined,
  ticket: undefined,
};

/** Logs were read; what came as an event was only reported. */
export function seenBy(via: UnbrokeredRow['via']): Seen {
  return via === 'topic' ? 'reported' : 'in-logs';
}

/** What the records say of a use, for its row; who has to do with it included. */
export function factsOf(
  config: UseConfig,
  found: UnexplainedUse,
  via: UnbrokeredRow['via'],
) {
  const { use, watched, lease } = found;
  const { account, role, emergencyUser } = watched;
  const seen = seenBy(via);
  return {
    at: use.session?.createdAt ?? use.at,
    seenInLogs: seen === 'in-logs',
    accountRef: account.ref,
    accountTitle: account.title,
    accountId: account.accountId,
    partition: account.partition as Partition,
    roleId: role?.id,
    roleArn: short(use.roleArn, 512),
    sessionArn: short(use.session?.arn, 512),
    principal: use.principal,
    emergencyUser: emergencyUser?.title,
    sessionName: short(use.session?.name, 64),
    accessKeyIds: keysOf(use.issuedKeyId),
    sourceIp: use.sourceIp,
    userAgent: use.userAgent,
    leaseId: lease?.id,
    words: useWords(config, found, seen),
    ...responsibilityFor(config, found),
  } satisfies Partial<UnbrokeredRow>;
}

/** A use as it is stored first. */
export function newUseRow(
  config: UseConfig,
  found: UnexplainedUse,
  ids: { id: string; identity: string },
  { via, now }: Finding,
): UnbrokeredRow {
  return {
    ...ids,
    ...factsOf(config, found, via),
    version: 1,
    state: 'open',
    kind: found.use.kind,
    foundAt: now,
    via,
    dueAt: now + config.unbrokered.dueMinutes * MINUTE,
    eventCount: 0,
    collectDueAt: now,
  };
}

/**
 * What a further finding changes about a use; undefined for nothing. What the
 * logs say replaces what an event reported. Whatever was said and decided on it
 * is void if they name somebody else than the event did, and so is a verdict on
 * what was not in the logs. Pure.
 */
export function changeOf(
  config: UseConfig,
  known: UnbrokeredRow,
  found: UnexplainedUse,
  { via, now }: Finding,
): Partial<UnbrokeredRow> | undefined {
  const inLogs = seenBy(via) === 'in-logs';
  const confirms = inLogs && !known.seenInLogs;
  const names =
    inLogs &&
    found.use.principalArn !== undefined &&
    !known.principal.startsWith('arn:');
  const newKeys = keysOf(found.use.issuedKeyId).filter(
    key => !known.accessKeyIds.includes(key),
  );
  if (!confirms && !names) {
    return newKeys.length && (inLogs || !known.seenInLogs)
      ? { accessKeyIds: [...known.accessKeyIds, ...newKeys] }
      : undefined;
  }
  const facts = factsOf(config, found, via);
  const decided = isDecided(known);
  const isVoid = confirms && (decided || facts.principal !== known.principal);
  const { owner, person, ...rest } = facts;
  return {
    ...rest,
    accessKeyIds: confirms
      ? facts.accessKeyIds
      : [...known.accessKeyIds, ...newKeys],
    collectDueAt: known.collectDueAt ?? now,
    person,
    ...(known.state === 'open' && { owner }),
    ...(isVoid && { ...REOPENED, owner }),
    ...(isVoid && decided && againDue(config, now)),
  };
}

/** Whether a use has its verdict. Pure. */
export function isDecided({ state }: Pick<UnbrokeredRow, 'state'>): boolean {
  return state === 'accepted' || state === 'flagged';
}

function againDue(config: UseConfig, now: Millis): Partial<UnbrokeredRow> {
  return {
    dueAt: now + config.unbrokered.dueMinutes * MINUTE,
    remindedAt: undefined,
    escalatedAt: undefined,
  };
}

function keysOf(key: string | undefined): string[] {
  return key && ACCESS_KEY_ID.test(key) ? [key] : [];
}

function short(value: string | undefined, longest: number): string | undefined {
  return value === undefined ? undefined : line(value, longest);
}
