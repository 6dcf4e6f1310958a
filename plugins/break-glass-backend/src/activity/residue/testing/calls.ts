import { ActivityEventRow, ResidueRow } from '../../../database/types';
import { NOON } from '../../../testing/rows';
import { residueOf } from '../residueOf';

/** The lease of the tests, and an account that is not its own. */
export const LEASE = {
  id: '01K6F000000000000000000000',
  accountId: '111122223333',
};
export const ELSEWHERE = '444455556666';

let serial = 0;

/** A call that succeeded, as it is stored. */
export function aCallOf(
  event: string,
  requestParameters: unknown = null,
  responseElements: unknown = null,
  change: Partial<ActivityEventRow> & { recipientAccountId?: string } = {},
): ActivityEventRow {
  const [service, action] = event.split(':');
  const { recipientAccountId, ...rest } = change;
  serial += 1;
  const eventId = `event-${serial}`;
  return {
    leaseId: LEASE.id,
    eventId,
    at: NOON + serial,
    service,
    action,
    region: 'eu-central-1',
    accessLevel: 'write',
    refused: false,
    resources: [],
    viaConsole: false,
    chained: false,
    sensitive: [],
    record: {
      requestParameters,
      responseElements,
      ...(recipientAccountId && { recipientAccountId }),
    },
    ...rest,
  };
}

/** What is still there after the calls, as `kind: words`. */
export async function openAfter(
  ...calls: ActivityEventRow[]
): Promise<string[]> {
  const rows = await residueOf(LEASE, calls);
  return rows.filter(row => row.state === 'open').map(inWords);
}

/** An item as `kind: words`. */
export function inWords({ kind, what }: ResidueRow): string {
  return `${kind}: ${what}`;
}
