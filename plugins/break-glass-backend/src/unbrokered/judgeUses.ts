import { AUDIT } from '../federation/auditActions';
import { LeaseRow, SessionRow, Stores } from '../database/types';
import { isAssumedFrom, isExplainedBy } from './explainedBy';
import { mayBeLostAnswer } from './mayBeLostAnswer';
import { hasNameOfCheck, hasNameOfProbe, idInName } from './nameOfOurs';
import { ObservedUse } from './observe';
import { WatchedUse } from './WatchList';

/** Keys that one query asks for. */
const KEYS_AT_ONCE = 500;
/** Probes of one lease that are looked through; each try of a kill makes one. */
const MOST_PROBES = 500;

/** A use of something that is watched. */
export interface Candidate {
  use: ObservedUse;
  watched: WatchedUse;
}

/** A use that no session of ours explains, with what it seems to have to do with us. */
export interface UnexplainedUse extends Candidate {
  /** Whose id stands in its name. */
  lease?: LeaseRow;
  /** A session of that name was asked for then and the answer was lost, or the name is the portal's own probe's. */
  resembles?: 'issuing' | 'probe';
}

type Asked = Pick<
  Stores,
  'sessions' | 'leases' | 'audit' | 'brokerChecks' | 'unbrokered'
>;

/**
 * Leaves the uses that no session of ours explains. Sessions of standing roles
 * and those that were thrown away are ours too, and so are the probes of killed
 * leases, by the key that the audit log has of each, and checks of the broker, by
 * the keys that they noted.
 */
export async function unexplained(
  stores: Asked,
  candidates: Candidate[],
): Promise<UnexplainedUse[]> {
  const ours = await sessionsByKeys(stores, candidates);
  const left: UnexplainedUse[] = [];
  for (const candidate of candidates) {
    const { use } = candidate;
    const explained =
      ours.some(
        session => isExplainedBy(use, session) || isAssumedFrom(use, session),
      ) ||
      (await isOurProbe(stores, use)) ||
      (await isOurCheck(stores, use));
    if (!explained) {
      left.push({ ...candidate, ...(await resemblance(stores, use, left)) });
    }
  }
  return left;
}

async function sessionsByKeys(
  stores: Asked,
  candidates: Candidate[],
): Promise<SessionRow[]> {
  const keys = candidates.flatMap(({ use }) => [
    ...(use.issuedKeyId ? [use.issuedKeyId] : []),
    ...(use.callerKeyId ? [use.callerKeyId] : []),
  ]);
  const unique = [...new Set(keys)];
  const sessions: SessionRow[] = [];
  for (let start = 0; start < unique.length; start += KEYS_AT_ONCE) {
    const some = unique.slice(start, start + KEYS_AT_ONCE);
    sessions.push(...(await stores.sessions.byAccessKeys(some)));
  }
  return sessions;
}

/** A probe leaves no session, but an entry with its key. The name alone would be a way to hide. */
async function isOurProbe(stores: Asked, use: ObservedUse): Promise<boolean> {
  if (!hasNameOfProbe(use) || use.issuedKeyId === undefined) {
    return false;
  }
  const leaseId = idInName(use);
  const lease = await stores.leases.get(leaseId!);
  if (!lease || use.roleArn !== lease.roleArn) {
    return false;
  }
  const probes = await stores.audit.list(
    { leaseId, action: AUDIT.killProbe },
    { limit: MOST_PROBES },
  );
  return probes.some(({ details }) => details.accessKeyId === use.issuedKeyId);
}

/** A check notes each key that it is given before it goes on. */
async function isOurCheck(stores: Asked, use: ObservedUse): Promise<boolean> {
  const { issuedKeyId, roleArn } = use;
  return (
    hasNameOfCheck(use) &&
    issuedKeyId !== undefined &&
    roleArn !== undefined &&
    stores.brokerChecks.hasKey({ accessKeyId: issuedKeyId, roleArn })
  );
}

async function resemblance(
  stores: Asked,
  use: ObservedUse,
  before: UnexplainedUse[],
): Promise<Pick<UnexplainedUse, 'lease' | 'resembles'>> {
  const id = idInName(use);
  const lease = id ? await stores.leases.get(id) : undefined;
  if (!lease) {
    return {};
  }
  if (hasNameOfProbe(use)) {
    return { lease, resembles: 'probe' };
  }
  const sessions = await stores.sessions.ofLeases([lease.id]);
  const judged = before.filter(
    other => other.resembles === 'issuing' && other.lease?.id === lease.id,
  );
  const isLost = await mayBeLostAnswer(
    stores,
    use,
    lease.id,
    sessions,
    judged.map(other => other.use),
  );
  return { lease, resembles: isLost ? 'issuing' : undefined };
}
