import type { Command } from 'commander';
import type { Context } from '../Context';
import { leaseId } from '../portal/leaseId';
import { Wanted } from './Wanted';

/** Values of the options that {@link addChoiceOptions} adds. */
export type WantedOptions = Omit<Wanted, 'account'>;

/** Adds the account and what chooses among several leases on it. */
export function addWantedOptions(command: Command): Command {
  return addChoiceOptions(
    command.argument(
      '<account>',
      'name, title, 12-digit id or entity reference',
    ),
  );
}

/** Adds what chooses among several leases and roles on an account. */
export function addChoiceOptions(command: Command): Command {
  return command
    .option('--lease <id>', 'lease, where there are several on the account')
    .option('--role <id>', 'standing role, which needs no lease, or a role')
    .option('--profile <id>', 'policy profile of the lease or standing role');
}

/**
 * What is asked for, without what commander adds.
 * @throws CliError with `usage` for what cannot be a lease
 */
export function wantedOf(
  context: Pick<Context, 'env'>,
  account: string,
  { lease, role, profile }: WantedOptions,
): Wanted {
  return {
    account,
    lease: lease === undefined ? undefined : leaseId(context, lease),
    role,
    profile,
  };
}

/** The options that narrow an account down, as they are typed; empty where there are none. */
export function optionWords({
  role,
  profile,
}: Pick<Wanted, 'role' | 'profile'>): string {
  return [
    ...(role === undefined ? [] : [`--role ${role}`]),
    ...(profile === undefined ? [] : [`--profile ${profile}`]),
  ].join(' ');
}
