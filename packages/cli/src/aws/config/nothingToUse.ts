import { AccountDetail } from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { commandHint } from '../../frame/commandHint';
import { line } from '../../frame/inert';
import { optionWords } from '../wantedOptions';
import type { ProfileChoice } from './profilesOf';

/** That the options leave nothing of these accounts, with what there would be. */
export function nothingToUse(
  context: Pick<Context, 'env'>,
  accounts: AccountDetail[],
  choice: Pick<ProfileChoice, 'role' | 'profile'>,
): CliError {
  const where =
    accounts.length === 1 ? `on ${accounts[0].title}` : 'on any account';
  const options = optionWords(choice);
  const offered = new Set(
    accounts.flatMap(({ roles }) =>
      roles
        .filter(({ eligible }) => eligible.allowed)
        .map(({ id, profiles }) =>
          profiles.length > 0
            ? `${id} (${profiles.map(each => each.id).join(', ')})`
            : id,
        ),
    ),
  );
  return new CliError(
    offered.size > 0
      ? line`There is nothing ${where} that you could use with ${options}. There are: ${[
          ...offered,
        ].join(', ')}.`
      : line`There is nothing ${where} that you could use. See: ${commandHint(
          context,
          'accounts',
        )}`,
    EXIT.refused,
  );
}
