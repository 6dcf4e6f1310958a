import { CliError } from '../../CliError';
import { EXIT } from '../../exitCodes';

/** What every tool reads as itself, with no quotes around it. */
const PLAIN = /^[A-Za-z0-9_.,:/@+=-]+$/;
const PLAIN_ON_WINDOWS = /^[A-Za-z0-9_.,:/@+=\\-]+$/;

/**
 * What some tool reads as something else even inside double quotes: of the AWS tools some split the line
 * themselves, some hand it to `sh` or `cmd`, and some take what follows ` #` or ` ;` for a comment.
 */
const UNCLEAR = /["'$`\\!;#\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const UNCLEAR_ON_WINDOWS = /["'%!^&|<>;#\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * A `credential_process` line that every AWS tool splits into these words.
 *
 * @throws CliError for a word that they would read differently
 */
export function commandLine(
  words: string[],
  platform: NodeJS.Platform,
): string {
  const windows = platform === 'win32';
  const plain = windows ? PLAIN_ON_WINDOWS : PLAIN;
  const unclear = windows ? UNCLEAR_ON_WINDOWS : UNCLEAR;
  const quoted = words.filter(word => !plain.test(word));
  const bad = quoted.find(word => word === '' || unclear.test(word));
  if (bad !== undefined) {
    throw new CliError(
      'The path of the command has characters that not every AWS tool reads alike (quotes, $, #, control characters and the like). Install it elsewhere, or name another with --command.',
      EXIT.usage,
    );
  }
  // `cmd /c` takes the outer quotes away where there are more than two.
  if (windows && quoted.length > 1) {
    throw new CliError(
      'On Windows, only one part of the command may have spaces in it. Name one file that runs it with --command.',
      EXIT.usage,
    );
  }
  return words.map(word => (plain.test(word) ? word : `"${word}"`)).join(' ');
}
