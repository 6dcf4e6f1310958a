import { Command } from 'commander';
import { Context } from '../Context';

interface DoctorOptions {
  kill?: string[];
  boundary?: string;
  json?: boolean;
}

/** `break-glass doctor` */
export function registerDoctor(program: Command, context: Context): void {
  program
    .command('doctor')
    .summary('look for what is wrong on this machine')
    .description(
      'Look at what this command needs: the portal, the sign-in, the clock, the keyring, its files and the AWS CLI. Each line says what to do next. Exits with 1 where something is wrong.',
    )
    .option(
      '--kill <lease...>',
      'print lines for the AWS CLI that kill sessions of leases without the portal',
    )
    .option('--boundary <arn>', 'boundary policy of their role, for --kill')
    .addHelpText(
      'after',
      '\nWhere the portal is down: break-glass doctor --kill LEASE --boundary arn:aws:iam::111122223333:policy/break-glass/BreakGlassBoundary',
    )
    .action(async ({ kill, boundary, json }: DoctorOptions) => {
      if (kill || boundary) {
        const { printKillLines } = await import('../doctor/printKillLines');
        printKillLines(context, {
          leaseIds: kill,
          policyArn: boundary,
          json: Boolean(json),
        });
        return;
      }
      const { runDoctor } = await import('../doctor/runDoctor');
      await runDoctor(context, { json: Boolean(json) });
    });
}
