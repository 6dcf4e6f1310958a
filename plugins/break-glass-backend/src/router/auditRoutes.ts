import {
  AuditEntry,
  auditReadPermission,
  brokerCheckCreatePermission,
  insightsReadPermission,
} from 'backstage-plugin-break-glass-common';
import { matches } from '../accounts/principals';
import { AuditLog, exportAudit } from '../audit';
import { AuditRow } from '../database/types';
import { inputError, notAllowedError } from '../errors';
import { BrokerCheckQueries } from '../federation';
import { Insights } from '../insights';
import { attempt, Caller, iso, LeaseDependencies, personOf } from '../leases';
import { Health } from './Health';
import { RouteBuilder } from './RouteBuilder';

/** The audit log, insights and health: for auditors. */
export function addAuditRoutes(
  routes: RouteBuilder,
  deps: LeaseDependencies,
  services: {
    audit: AuditLog;
    insights: Insights;
    health: Health;
    brokerChecks: BrokerCheckQueries;
  },
): void {
  const auditor = (caller: Caller, action: string) =>
    attempt(deps, { actor: caller.ref, action }, async () => {
      const person = await personOf(deps.people, caller);
      if (!matches(deps.config.auditors, person)) {
        throw notAllowedError(
          'not-auditor',
          'Only auditors may read this. Ask the platform team to be one.',
        );
      }
    });

  routes.add('listAudit', [auditReadPermission], async ({ caller, query }) => {
    await auditor(caller, 'audit.read');
    const rows = await deps.database.audit.list(instants(query), {
      limit: query.limit + 1,
      beforeSeq: sequence(query.cursor),
    });
    const page = rows.slice(0, query.limit);
    return {
      items: page.map(auditEntry),
      nextCursor:
        rows.length > query.limit
          ? String(page[page.length - 1].seq)
          : undefined,
    };
  });
  routes.add(
    'exportAudit',
    [auditReadPermission],
    async ({ caller, query, response }) => {
      await auditor(caller, 'audit.export');
      const { format, ...filter } = query;
      await deps.database.transaction(stores =>
        deps.audit.record(stores, {
          actor: caller.ref,
          action: 'audit.export',
          outcome: 'done',
          details: { ...query },
        }),
      );
      response.type(format === 'csv' ? 'text/csv' : 'application/jsonl');
      response.attachment(`break-glass-audit.${format}`);
      for await (const chunk of exportAudit(
        deps.database.audit,
        instants(filter),
        format,
      )) {
        if (!response.write(chunk)) {
          await new Promise(resolve => {
            response.once('drain', resolve);
            response.once('close', resolve);
          });
        }
        if (response.destroyed) {
          return undefined;
        }
      }
      response.end();
      return undefined;
    },
  );
  routes.add('verifyAudit', [auditReadPermission], async ({ caller }) => {
    await auditor(caller, 'audit.verify');
    return services.audit.verify();
  });
  routes.add(
    'insights',
    [insightsReadPermission],
    async ({ caller, query }) => {
      await auditor(caller, 'insights.read');
      return services.insights.counts(query);
    },
  );
  routes.add('health', [auditReadPermission], async ({ caller }) => {
    await attempt(deps, { actor: caller.ref, action: 'health.read' }, () =>
      services.brokerChecks.assertOperator(caller),
    );
    return services.health.look();
  });
  routes.add('startBrokerCheck', [brokerCheckCreatePermission], ({ caller }) =>
    services.brokerChecks.start(caller),
  );
  routes.add(
    'getBrokerCheck',
    [auditReadPermission],
    async ({ caller, query }) => services.brokerChecks.newest(caller, query),
  );
}

/** @throws InputError where the cursor is not one of this list. */
function sequence(cursor: string | undefined): number | undefined {
  if (cursor !== undefined && !/^[0-9]{1,15}$/.test(cursor)) {
    throw inputError(
      'invalid-input',
      'The cursor is not one of this list; start again without it.',
    );
  }
  return cursor === undefined ? undefined : Number(cursor);
}

function instants<T extends { from?: string; to?: string }>(query: T) {
  return {
    ...query,
    from: query.from ? Date.parse(query.from) : undefined,
    to: query.to ? Date.parse(query.to) : undefined,
  };
}

function auditEntry(row: AuditRow): AuditEntry {
  const { prevHash, at, ...rest } = row;
  return { ...rest, at: iso(at) };
}
