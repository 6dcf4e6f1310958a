import { AccountDetail } from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { line } from '../../frame/inert';
import { note } from '../../frame/output';
import { optionWords } from '../wantedOptions';
import { accountsFor } from './accountsFor';
import { AwsProfile } from './AwsProfile';
import { nothingToUse } from './nothingToUse';
import { hasProfiles, ProfileChoice, profilesOf } from './profilesOf';

/** Accounts that are named as left out; the rest is counted. */
const MOST_NAMED = 10;

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
  const details = await accountsFor(context, client, accounts);
  const profiles = (
    accounts === 'all' ? offering(context, details, choice) : details
  )
    .flatMap(detail => profilesOf(context, detail, choice))
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

/**
 * Of all accounts, those that have something for the person; which of their others the options leave out is said. An
 * account that was named is not left out, but refused.
 */
function offering(
  context: Context,
  details: AccountDetail[],
  choice: ProfileChoice,
): AccountDetail[] {
  const usable = details.filter(detail => hasProfiles(detail, {}));
  const found = usable.filter(detail => hasProfiles(detail, choice));
  if (found.length === 0) {
    throw nothingToUse(context, usable, choice);
  }
  const left = usable.filter(detail => !found.includes(detail));
  if (left.length > 0) {
    const titles = left.slice(0, MOST_NAMED).map(({ title }) => title);
    const more = left.length - titles.length;
    note(
      context,
      line`break-glass: Left out, as they have nothing for you with ${optionWords(
        choice,
      )}: ${titles.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    );
  }
  return found;
}
