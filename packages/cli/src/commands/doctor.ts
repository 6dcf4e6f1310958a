import { Command } from 'commander';
import { Context } from '../Context';

/** `break-glass doctor` */
export function registerDoctor(program: Command, context: Context): void {
  program
    .command('doctor')
    .summary('look for what is wrong on this machine')
    .description(
      'Look at what this command needs: the portal, the sign-in, the clock, the keyring, its files and the AWS CLI. Each line says what to do next. Exits with 1 where something is wrong.',
    )
    .action(async (options: { json?: boolean }) => {
      const { runDoctor } = await import('../doctor/runDoctor');
      await runDoctor(context, { json: Boolean(options.json) });
    });
}
