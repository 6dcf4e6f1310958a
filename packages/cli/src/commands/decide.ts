import { Command } from 'commander';
import { Context } from '../Context';

/** Options of `break-glass approve` and `break-glass reject`. */
export interface DecideOptions {
  step?: string;
  comment?: string;
  scope?: string;
  extension?: string;
  policy?: boolean;
  yes?: boolean;
  json?: boolean;
}

/** `break-glass approve` */
export function registerApprove(program: Command, context: Context): void {
  addDecision(program, context, 'approve')
    .summary('look at a request and approve it')
    .description(
      'Show what a lease would give to whom and why, ask once more, and approve exactly that. A lease that asks for more time is decided on in the same way.',
    )
    .option(
      '--scope <hash>',
      'with --yes: the scope that you have looked at (from: break-glass status LEASE)',
    );
}

/** `break-glass reject` */
export function registerReject(program: Command, context: Context): void {
  addDecision(program, context, 'reject')
    .summary('look at a request and reject it')
    .description('Show a request, ask once more, and reject it.');
}

function addDecision(
  program: Command,
  context: Context,
  verdict: 'approve' | 'reject',
): Command {
  return program
    .command(verdict)
    .argument('<lease>', 'id of the lease')
    .option('--step <id>', 'the step, where you fit more than one')
    .option(
      '--comment <text>',
      'what the requester and the reviewer should know',
    )
    .option(
      '--extension <id>',
      'with --yes: the more time that you have looked at (from: break-glass status LEASE)',
    )
    .option('--policy', 'show the effective policy as JSON, too')
    .option('--yes', 'do not ask once more')
    .action(async (lease: string, options: DecideOptions) => {
      const { decideLease } = await import('./run/decideLease');
      await decideLease(context, verdict, lease, options);
    });
}
