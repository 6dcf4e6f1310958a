import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { refsOf } from '../accounts/principals';
import { AuditLog } from '../audit';
import { BreakGlassConfig } from '../config/types';
import { Database, LeaseRow, Millis, OutboxMessage } from '../database/types';
import { isClosed, statusAt } from '../leases/lifecycle';
import { AUDIT } from './auditActions';
import { Boundary, FoundDocument } from './BoundaryEnforcer';
import { deniedLeases } from './boundaryDocument';
import { KillRecord } from './KillRecord';
import { killTarget } from './killTarget';

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
    const { policyArn } = target.boundary;
    try {
      const foreign = await this.judge(target, found);
      if (!foreign) {
        return;
      }
      await this.tell(target, foreign);
      for (const { id } of foreign.missing) {
        await this.record.lost(id);
      }
      this.deps.wake();
    } catch (error) {
      this.deps.logger.error(
        `Somebody else changed the kill policy ${policyArn}. It is put right, and this could not be written down: ${error}`,
      );
    }
  }

  private async judge(
    target: Boundary,
    { document, wanted }: FoundDocument,
  ): Promise<Foreign | undefined> {
    const denied = deniedLeases(document);
    const there = new Set(denied ?? []);
    const settled = this.deps.clock.now() - SETTLING;
    const missing = wanted.filter(
      row =>
        row.killAcceptedAt !== undefined &&
        row.killAcceptedAt <= settled &&
        !there.has(row.id),
    );
    const expected = new Set(wanted.map(({ id }) => id));
    const others = [...there].filter(id => !expected.has(id));
    const unknown = await this.notOurs(target, others);
    // A document that was deployed in another form is no change while we wrote none.
    const rewritten = denied === undefined && (await this.wroteLately(target));
    return missing.length || unknown.length || rewritten
      ? { missing, unknown, rewritten }
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
      row => isClosed(statusAt(row, now)) && this.isUnder(target, row),
    );
    const known = new Set(ours.map(({ id }) => id));
    return ids.filter(id => !known.has(id));
  }

  private async wroteLately(target: Boundary): Promise<boolean> {
    const since = this.deps.clock.now() - WATCHED_FOR;
    const killed = await this.deps.database.leases.killedSince(since);
    return killed.some(row => this.isUnder(target, row));
  }

  private isUnder({ boundary }: Boundary, row: LeaseRow): boolean {
    const own = killTarget(this.deps.config, row);
    return (
      own.type === 'boundary' && own.boundary.policyArn === boundary.policyArn
    );
  }

  private async tell(
    { boundary: { policyArn, accountId } }: Boundary,
    { missing, unknown, rewritten }: Foreign,
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
          missing: missing.slice(0, MOST_NAMED).map(({ id }) => id),
          unknown: unknown.filter(isPlain).slice(0, MOST_NAMED),
        },
      });
      await stores.outbox.enqueue(this.alarm(policyArn, missing.length), at);
    });
    this.deps.logger.error(
      `Somebody else changed the kill policy ${policyArn}: ${missing.length} kills were gone. It is put right.`,
    );
  }

  private alarm(policyArn: string, missing: number): OutboxMessage[] {
    const { responders, auditors } = this.deps.config;
    const recipients = [responders, auditors]
      .flatMap(refsOf)
      .filter(ref => ref.includes(':'));
    const were =
      missing === 1 ? 'kill of 1 lease was' : `kills of ${missing} leases were`;
    return recipients.length === 0
      ? []
      : [
          {
            kind: 'notification',
            recipients: [...new Set(recipients)],
            title: `Somebody changed the kill policy ${policyArn}`,
            description:
              missing > 0
                ? `The ${were} gone, so their credentials may have worked. The policy is put right and the kills are made again. Find out who changed it: CreatePolicyVersion and SetDefaultPolicyVersion in CloudTrail.`
                : 'No kill was gone. The policy is put right. Find out who changed it: CreatePolicyVersion and SetDefaultPolicyVersion in CloudTrail.',
            link: '/break-glass/audit',
            severity: 'critical',
            topic: 'break-glass',
            scope: `break-glass:boundary:${policyArn}`,
          },
        ];
  }
}

/** Whatever else stands there is foreign text. */
function isPlain(id: string): boolean {
  return /^[0-9A-Z]{26}$/.test(id);
}
