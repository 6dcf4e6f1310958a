import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { accountsFor } from './accountsFor';
import { AwsProfile } from './AwsProfile';
import { ProfileChoice, profilesOf } from './profilesOf';

/** An address that stands in a command as it is. */
const PORTAL = /^https?:\/\/[A-Za-z0-9.:[\]/_~-]+$/;

/**
 * The profiles that the portal offers a person for these accounts. Each names its portal, so that a later login
 * elsewhere changes nothing about them.
 *
 * @throws CliError also where two would have one name
 */
export async function offeredProfiles(
  context: Context,
  accounts: string[] | 'all',
  choice: ProfileChoice,
): Promise<AwsProfile[]> {
  const { client, backendUrl } = await context.session();
  if (!PORTAL.test(backendUrl)) {
    throw new CliError(
      'The address of the portal cannot stand in a command. Sign in at it by another one.',
      EXIT.usage,
    );
  }
  const details = await accountsFor(client, accounts);
  const profiles = details
    // Of all accounts, those that offer nothing are left out; one that was named says so.
    .filter(
      ({ roles }) =>
        accounts !== 'all' || roles.some(({ eligible }) => eligible.allowed),
    )
    .flatMap(detail => profilesOf(detail, choice))
    .map(profile => ({
      ...profile,
      args: [...profile.args, '--portal', backendUrl],
    }));
  const names = profiles.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) {
    throw new CliError(
      `Two profiles would be called ${twice}. Configure their accounts one by one, with --name or --prefix.`,
      EXIT.usage,
    );
  }
  return profiles;
}
