import { ResidueItem } from 'backstage-plugin-break-glass-common';
import { ResidueRow } from '../../database/types';
import { iso } from '../../leases/leaseView';

/** An item of residue as the contract has it. */
export function residueItem(row: ResidueRow): ResidueItem {
  const { key, kind, what, resource, eventId, state } = row;
  return {
    ...{ key, kind, what, resource, eventId, state },
    at: iso(row.at),
    comment: row.comment,
    by: row.decidedBy,
    decidedAt: row.decidedAt === undefined ? undefined : iso(row.decidedAt),
  };
}
