import canonicalize from 'canonicalize';
import { createHash } from 'crypto';
import { Row } from '../Snapshot';
import { StepView } from '../StepView';

/** Refused attempts of one person that are written out within one minute. */
const WRITTEN_OUT = 30;

/** I6: the log only grows, its chain holds, and refused attempts are in it. */
export function I6(view: StepView): string[] {
  const { after, before, world, replaced } = view;
  const { memory } = world;
  const problems: string[] = [];
  const known = replaced ? undefined : memory.verified;
  const from = known?.seq ?? 0;
  const same =
    replaced ||
    before.audit.every(
      (row, index) =>
        JSON.stringify(row) === JSON.stringify(after.audit[index]),
    );
  if (!same) {
    problems.push('I6: an entry of the audit log was changed');
  }
  let previous = known?.hash ?? genesis();
  for (const row of after.audit.slice(from)) {
    const seq = (after.audit.indexOf(row, from) as number) + 1;
    if (row.seq !== seq || hashOf(previous, row) !== row.hash) {
      problems.push(`I6: the chain breaks at entry ${row.seq}`);
    }
    previous = row.hash;
  }
  const [head] = after.tables.audit_head;
  if (head.seq !== after.audit.length || head.hash !== previous) {
    problems.push('I6: the head is not the last entry');
  }
  memory.verified = { seq: after.audit.length, hash: previous };
  return [...problems, ...missingRefusals(view)];
}

function missingRefusals({
  after,
  before,
  refusals,
  struck,
  replaced,
  now,
}: StepView): string[] {
  if (struck || replaced) {
    return [];
  }
  const fresh = after.audit.slice(before.audit.length);
  return refusals
    .filter(({ code, name }) => code && name !== 'ServiceUnavailableError')
    .filter(({ caller, code }) => {
      const written = fresh.some(
        row =>
          row.outcome === 'refused' &&
          row.actor === caller &&
          row.code === code,
      );
      const minute = now - (now % 60_000);
      const many =
        after.audit.filter(
          row =>
            row.outcome === 'refused' &&
            row.actor === caller &&
            row.at >= minute,
        ).length > WRITTEN_OUT;
      return !written && !many;
    })
    .map(
      ({ caller, code }) =>
        `I6: that ${caller} was refused (${code}) is not in the audit log`,
    );
}

function genesis(): string {
  return sha256('break-glass audit log: genesis');
}

function hashOf(prevHash: string, row: Row): string {
  const event = {
    at: row.at,
    actor: row.actor,
    action: row.action,
    outcome: row.outcome,
    leaseId: row.lease_id ?? undefined,
    accountRef: row.account_ref ?? undefined,
    code: row.code ?? undefined,
    details: JSON.parse(row.details),
  };
  return sha256(canonicalize({ prevHash, seq: row.seq, event })!);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
