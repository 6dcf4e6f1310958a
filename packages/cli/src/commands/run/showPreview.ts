import type {
  BreakGlassClient,
  LeasePreview,
  LeaseRequest,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { line } from '../../frame/inert';
import { note } from '../../frame/output';
import { durationWords } from '../../words/duration';
import { factLines } from '../../words/facts';
import { instantWords } from '../../words/instant';
import { stepWords } from '../../words/leaseWords';
import { policyWords } from '../../words/policyWords';

/**
 * Shows what a request would come to, in words.
 *
 * @throws CliError with every reason where the portal would not take it
 */
export async function showPreview(
  context: Context,
  client: BreakGlassClient,
  request: LeaseRequest,
  title: string,
): Promise<void> {
  const preview = await client.call('previewLease', { body: request });
  refuse(preview);
  note(context, previewFacts(request, preview, title, context.now()));
}

function refuse({ eligible, problems }: LeasePreview): void {
  if (!eligible.allowed) {
    throw new CliError(
      line`You cannot ask for this. ${eligible.reasons
        .map(({ message }) => message)
        .join(' ')}`,
      EXIT.refused,
    );
  }
  if (problems.length > 0) {
    throw new CliError(
      line`The portal would refuse this: ${problems
        .map(({ message }) => message)
        .join(' ')}`,
      EXIT.usage,
    );
  }
}

function previewFacts(
  request: LeaseRequest,
  preview: LeasePreview,
  title: string,
  now: number,
): string {
  const parameters = Object.entries(request.profileParameters ?? {})
    .map(([name, value]) => `, ${name}=${value}`)
    .join('');
  return factLines([
    ['Account', line`${title} (${request.accountRef})`],
    ['Role', line`${request.roleId}`],
    ['Profile', line`${request.profileId}${parameters}`],
    ['Allows', policyWords(preview.policy.services)],
    ['For', request.beneficiary ? line`${request.beneficiary}` : []],
    ['Reason', line`${request.reason}`],
    ['Ticket', request.ticket ? line`${request.ticket}` : []],
    [
      'Term',
      line`${durationWords(preview.durationMinutes)}, until ${instantWords(
        preview.endsAt,
        now,
      )}${request.startAt ? '' : ' if it were approved now'}`,
    ],
    ['Approval', stepWords(preview)],
    ['Warning', preview.warnings.map(({ message }) => line`${message}`)],
  ]);
}
