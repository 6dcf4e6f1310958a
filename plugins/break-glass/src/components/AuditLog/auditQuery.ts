import {
  entityRefSchema,
  RouteInput,
  ulidSchema,
} from 'backstage-plugin-break-glass-common';

/** What the filter fields hold. */
export interface AuditFilter {
  actor: string;
  accountRef: string;
  leaseId: string;
  action: string;
  outcome: '' | 'done' | 'refused' | 'failed';
  /** Local date and time as the browser's inputs give them. */
  from: string;
  to: string;
}

/** Query of the audit log. */
export type AuditQuery = NonNullable<RouteInput<'listAudit'>['query']>;

/** No filter. */
export const EMPTY_FILTER: AuditFilter = {
  actor: '',
  accountRef: '',
  leaseId: '',
  action: '',
  outcome: '',
  from: '',
  to: '',
};

/** Turns what was typed into a query; fields that are empty, or not typed to the end yet, ask for nothing. */
export function auditQuery(filter: AuditFilter): AuditQuery {
  const text = (value: string) => value.trim() || undefined;
  return {
    actor: text(filter.actor),
    accountRef: entityRefSchema.safeParse(filter.accountRef.trim()).data,
    leaseId: ulidSchema.safeParse(
      filter.leaseId.trim().toLocaleUpperCase('en-US'),
    ).data,
    action: text(filter.action),
    outcome: filter.outcome || undefined,
    from: instant(filter.from),
    to: instant(filter.to),
  };
}

function instant(local: string): string | undefined {
  const at = Date.parse(local);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
