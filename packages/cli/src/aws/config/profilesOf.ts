import {
  AccountDetail,
  AccountRole,
} from 'backstage-plugin-break-glass-common';
import {
  isRegion,
  oneLine,
} from 'backstage-plugin-break-glass-common/credentials';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { isFullRef } from '../../portal/accountNames';
import { AwsProfile } from './AwsProfile';
import { nothingToUse } from './nothingToUse';

/** Names that every AWS tool takes; nothing in them means anything to a shell or to the file. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.@+-]{0,127}$/;
const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** What profiles are called and for which part of an account they are. */
export interface ProfileChoice {
  /** What names begin with. */
  prefix: string;
  /** Instead of the name that follows from account, role and profile; for one profile alone. */
  name?: string;
  role?: string;
  profile?: string;
}

interface Use {
  role: AccountRole;
  profile?: AccountRole['profiles'][number];
}

/**
 * The profiles of an account for the person who asks: one for each policy profile of a role that takes a lease,
 * one for each standing role.
 *
 * @throws CliError where nothing is left, or a name cannot be one
 */
export function profilesOf(
  context: Pick<Context, 'env'>,
  account: AccountDetail,
  choice: ProfileChoice,
): AwsProfile[] {
  const uses = usesOf(account, choice);
  if (uses.length === 0) {
    throw nothingToUse(context, [account], choice);
  }
  if (choice.name !== undefined && uses.length > 1) {
    throw new CliError(
      `${uses.length} profiles cannot have one name. Choose one with --role or --profile.`,
      EXIT.usage,
    );
  }
  return uses.map(use => ({
    name: checkName(choice.name ?? nameOf(account, use, uses, choice.prefix)),
    accountRef: account.ref,
    title: oneLine(`${account.title}: ${use.profile?.title ?? use.role.title}`),
    ...(account.region &&
      isRegion(account.region) && { region: account.region }),
    args: argsOf(account, use),
  }));
}

/** Whether an account has something for the person, of what the options leave. */
export function hasProfiles(
  account: AccountDetail,
  choice: Pick<ProfileChoice, 'role' | 'profile'>,
): boolean {
  return usesOf(account, choice).length > 0;
}

/** @throws CliError for a name that not every AWS tool takes */
export function checkName(name: string): string {
  if (!NAME.test(name)) {
    throw new CliError(
      `"${oneLine(
        name,
      )}" cannot be the name of a profile: letters, digits and _ . @ + - only, a letter or digit first.`,
      EXIT.usage,
    );
  }
  return name;
}

function usesOf(
  account: AccountDetail,
  choice: Pick<ProfileChoice, 'role' | 'profile'>,
): Use[] {
  return account.roles
    .filter(
      ({ id, eligible }) => eligible.allowed && (choice.role ?? id) === id,
    )
    .flatMap((role): Use[] =>
      role.access === 'standing' && role.profiles.length === 0
        ? [{ role }]
        : role.profiles.map(profile => ({ role, profile })),
    )
    .filter(
      ({ profile }) =>
        choice.profile === undefined || profile?.id === choice.profile,
    );
}

function nameOf(
  account: AccountDetail,
  { role, profile }: Use,
  uses: Use[],
  prefix: string,
): string {
  const [, namespace, name] = /:(.+)\/(.+)$/.exec(account.ref)!;
  const place = namespace === 'default' ? name : `${namespace}.${name}`;
  // One profile is no choice: the role alone says what it is.
  if (role.access === 'standing' && role.profiles.length < 2) {
    return `${prefix}${place}-${role.id}`;
  }
  const same = uses.filter(other => other.profile?.id === profile?.id);
  const parts = [
    ...(profile && same.length === 1 ? [] : [role.id]),
    ...(profile ? [profile.id] : []),
  ];
  return `${prefix}${[place, ...parts].join('-')}`;
}

/** What comes from the portal goes into a line that tools run: nothing but the forms it must have. */
function argsOf(account: AccountDetail, { role, profile }: Use): string[] {
  if (
    !isFullRef(account.ref) ||
    ![role.id, profile?.id ?? role.id].every(id => ID.test(id))
  ) {
    throw new CliError(
      'The portal names an account, role or profile in a way that cannot stand in a command. Tell the platform team.',
      EXIT.failed,
    );
  }
  return [
    account.ref,
    '--role',
    role.id,
    ...(profile ? ['--profile', profile.id] : []),
  ];
}
