import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { refsOf } from '../accounts/principals';
import { AuditLog } from '../audit';
import { BreakGlassConfig } from '../config/types';
import { Database, LeaseRow, Millis, OutboxMessage } from '../database/types';
import { isClosed, statusAt } from '../leases/lifecycle';
import { AUDIT } from './auditActions';
import { Boundary, FoundDocument } from './BoundaryEnforcer';
import {
  deniedLeases,
  hasOtherDenies,
  isOurs,
  killedLeases,
} from './boundaryDocument';
import { KillRecord } from './KillRecord';
import { isUnder } from './killTarget';

/** What AWS accepted may be invisible to the next read for this long. */
const SETTLING: Millis = 2 * 60_000;
/** How long after its last kill a boundary counts as one that the portal wrote. */
export const WATCHED_FOR: Millis = 24 * 60 * 60_000;
/** Ids that an audit entry names. */
const MOST_NAMED = 50;

/** What of a document somebody else must have written. */
interface Foreign {
  /** Leases whose accepted kill is gone. */
  missing: LeaseRow[];
  /** Ids that it denies and that no closed lease under it has. */
  unknown: string[];
  /** Whether its form is not ours. */
  rewritten: boolean;
  /** Leases that were open, and are revoked because it denied them. */
  revoked: string[];
  /** Whether it denied something that names no lease. */
  lifted: boolean;
}

/**
 * Tells what somebody else did to a boundary policy from what we wrote ourselves
 * earlier, and sees to it that people know: an entry in the audit log, an alarm
 * to responders, and kills that were lost are made, probed and waited for again.
 */
export class ForeignChanges {
  private readonly record: KillRecord;

  constructor(
    private readonly deps: {
      config: Pick<
        BreakGlassConfig,
        'roles' | 'externalIds' | 'responders' | 'auditors'
      >;
      database: Database;
      audit: AuditLog;
      clock: Clock;
      logger: LoggerService;
      wake: () => void;
    },
  ) {
    this.record = new KillRecord(deps);
  }

  /**
   * Looks at what a boundary held instead of what the database wants. Never
   * throws: the policy is put right whatever can be written about it (I4).
   */
  async report(target: Boundary, found: FoundDocument): Promise<void> {
    const foreign = await this.judge(target, found).catch(error =>
      this.unwritten(target, error),
    );
    if (!foreign) {
      return;
    }
    // One by one, and first: evidence must not count on kills that were gone.
    for (const { id } of foreign.missing) {
      await this.record.lost(id).catch(error => this.unwritten(target, error));
    }
    await this.tell(target, foreign).catch(error =>
      this.unwritten(target, error),
    );
    this.deps.wake();
  }

  private unwritten({ boundary }: Boundary, error: unknown): undefined {
    this.deps.logger.error(
      `Somebody else changed the kill policy ${boundary.policyArn}. It is put right, and this could not be written down: ${error}`,
    );
    return undefined;
  }

  private async judge(
    target: Boundary,
    { document, wanted, outside }: FoundDocument,
  ): Promise<Foreign | undefined> {
    const killed = new Set(killedLeases(document));
    const settled = this.deps.clock.now() - SETTLING;
    const missing = wanted.filter(
      row =>
        row.killAcceptedAt !== undefined &&
        row.killAcceptedAt <= settled &&
        !killed.has(row.id),
    );
    const expected = new Set([
      ...wanted.map(({ id }) => id),
      ...outside.revoked,
      ...outside.kept,
    ]);
    const others = deniedLeases(document).filter(id => !expected.has(id));
    const unknown = await this.notOurs(target, others);
    // A document that was deployed in another form is no change while we wrote none, unless it keeps somebody out.
    const rewritten =
      !isOurs(document) &&
      (hasOtherDenies(document) || (await this.wroteLately(target)));
    const { revoked } = outside;
    return missing.length || unknown.length || rewritten || revoked.length
      ? {
          missing,
          unknown,
          rewritten,
          revoked,
          lifted: hasOtherDenies(document),
        }
      : undefined;
  }

  /** Entries of ours stay until the next write, so an expired one is no change of others. */
  private async notOurs(target: Boundary, ids: string[]): Promise<string[]> {
    const now = this.deps.clock.now();
    const rows = ids.length
      ? await this.deps.database.leases.list(
          { ids, now },
          { limit: ids.length },
        )
      : [];
    const ours = rows.filter(
      row =>
        isClosed(statusAt(row, now)) &&
        isUnder(this.deps.config, target.boundary, row),
    );
    const known = new Set(ours.map(({ id }) => id));
    return ids.filter(id => !known.has(id));
  }

  private async wroteLately(target: Boundary): Promise<boolean> {
    const since = this.deps.clock.now() - WATCHED_FOR;
    const killed = await this.deps.database.leases.killedSince(since);
    return killed.some(row => isUnder(this.deps.config, target.boundary, row));
  }

  private async tell(
    { boundary: { policyArn, accountId } }: Boundary,
    { missing, unknown, rewritten, revoked, lifted }: Foreign,
  ): Promise<void> {
    const at = this.deps.clock.now();
    await this.deps.database.transaction(async stores => {
      await this.deps.audit.record(stores, {
        at,
        actor: 'system',
        action: AUDIT.boundaryRepaired,
        outcome: 'done',
        accountRef: missing[0]?.accountRef,
        details: {
          policyArn,
          accountId,
          rewritten,
          lifted,
          revoked: revoked.slice(0, MOST_NAMED),
          missing: missing.slice(0, MOST_NAMED).map(({ id }) => id),
          unknown: unknown.filter(isPlain).slice(0, MOST_NAMED),
        },
      });
      await stores.outbox.enqueue(
        this.alarm(policyArn, {
          missing: missing.length,
          revoked: revoked.length,
          lifted,
        }),
        at,
      );
    });
    this.deps.logger.error(
      `Somebody else changed the kill policy ${policyArn}: ${missing.length} kills were gone. It is put right.`,
    );
  }

  private alarm(policyArn: string, changed: Changed): OutboxMessage[] {
    const { responders, auditors } = this.deps.config;
    const recipients = [responders, auditors]
      .flatMap(refsOf)
      .filter(ref => ref.includes(':'));
    return recipients.length === 0
      ? []
      : [
          {
            kind: 'notification',
            recipients: [...new Set(recipients)],
            title: `Somebody changed the kill policy ${policyArn}`,
            description: `${whatWas(
              changed,
            )} Find out who changed it: CreatePolicyVersion and SetDefaultPolicyVersion in CloudTrail.`,
            link: '/break-glass/audit',
            severity: 'critical',
            topic: 'break-glass',
            scope: `break-glass:boundary:${policyArn}`,
          },
        ];
  }
}

/** What an alarm says of a change. */
interface Changed {
  missing: number;
  revoked: number;
  lifted: boolean;
}

function whatWas({ missing, revoked, lifted }: Changed): string {
  const leases = (count: number) =>
    `${count} ${count === 1 ? 'lease' : 'leases'}`;
  return [
    missing > 0 &&
      `The kill of ${leases(
        missing,
      )} was gone, so their credentials may have worked; it is made again.`,
    revoked > 0 &&
      `It denied ${leases(
        revoked,
      )} that gave access: revoked, as somebody must have killed them without the portal.`,
    lifted &&
      'It denied more than leases, and the portal lifted that: use the panic button where it was meant.',
    missing === 0 && revoked === 0 && 'No kill was gone.',
    'The policy is put right.',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Whatever else stands there is foreign text. */
function isPlain(id: string): boolean {
  return /^[0-9A-Z]{26}$/.test(id);
}
