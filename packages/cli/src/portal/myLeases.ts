import type {
  BreakGlassClient,
  LeaseStatus,
  LeaseSummary,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { line } from '../frame/inert';
import { allPages } from './allPages';
import { leaseId } from './leaseId';

/** The person's leases in these states. */
export function myLeases(
  client: BreakGlassClient,
  status: LeaseStatus[],
): Promise<LeaseSummary[]> {
  return allPages(cursor =>
    client.call('listLeases', {
      query: { view: 'mine', status: status.join(','), limit: 100, cursor },
    }),
  );
}

/**
 * The lease that a person means: the one they name, or their only one.
 *
 * @throws CliError with `noLease` for none, with `usage` for several
 */
export async function oneOfMine(
  client: BreakGlassClient,
  named: string | undefined,
  status: LeaseStatus[],
): Promise<LeaseSummary> {
  if (named) {
    return client.call('getLease', { params: { id: leaseId(named) } });
  }
  return onlyOne(await myLeases(client, status), status);
}

/**
 * @throws CliError with `noLease` for none, with `usage` for several
 */
export function onlyOne(
  leases: LeaseSummary[],
  status: LeaseStatus[],
): LeaseSummary {
  if (leases.length === 0) {
    throw new CliError(
      `You have no lease that is ${status.join(
        ' or ',
      )}. Run: break-glass request`,
      EXIT.noLease,
    );
  }
  if (leases.length > 1) {
    const ids = leases
      .map(lease => `${lease.id} (${lease.account.title})`)
      .join(', ');
    throw new CliError(
      line`You have several: say which one, of ${ids}`,
      EXIT.usage,
    );
  }
  return leases[0];
}
