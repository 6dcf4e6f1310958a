import { Command } from 'commander';
import { Context } from '../Context';

/** Options of `break-glass request`. */
export interface RequestOptions {
  role?: string;
  profile?: string;
  param: string[];
  reason?: string;
  ticket?: string;
  duration?: string;
  start?: string;
  for?: string;
  wait?: boolean;
  yes?: boolean;
  idempotencyKey?: string;
  json?: boolean;
}

/** `break-glass request` */
export function registerRequest(program: Command, context: Context): void {
  program
    .command('request')
    .summary('ask for a lease on an account')
    .description(
      'Ask for a lease on an account. What is left out is asked for, where a person sits at the terminal. Before anything is sent you see what the credentials would allow, until when, and who can approve.',
    )
    .argument('[account]', 'name, title, 12-digit id or entity reference')
    .option('--role <id>', 'role of the account')
    .option('--profile <id>', 'what the credentials are limited to')
    .option(
      '--param <name=value>',
      'a parameter of the profile; may be repeated',
      (value: string, before: string[]) => [...before, value],
      [],
    )
    .option('--reason <text>', 'what you want to do, and why')
    .option('--ticket <id>', 'the ticket it is for')
    .option('--duration <time>', 'how long, such as 45m, 2h or 1h30m')
    .option(
      '--start <time>',
      'when to begin, such as +2h or 2026-10-01T14:00Z; left out: when it is approved',
    )
    .option('--for <person>', 'on whose behalf, such as user:default/alice')
    .option(
      '--wait',
      'wait until it is decided; ends with 0 if it was approved',
    )
    .option('--yes', 'send it without asking once more')
    .option(
      '--idempotency-key <key>',
      'sending the same key again makes no second lease',
    )
    .addHelpText(
      'after',
      '\nExample: break-glass request payroll --profile unlock-bucket --param bucket=payroll-reports --reason "Alice is locked out" --ticket SUP-1234 --duration 1h --wait',
    )
    .action(async (account: string | undefined, options: RequestOptions) => {
      const { requestLease } = await import('./run/requestLease');
      await requestLease(context, account, options);
    });
}
