import { Command } from 'commander';
import { commandsOf, optionsOf, toSuggestion } from './suggestions';

/**
 * The completion of fish as fixed rules. The library's script for fish evaluates what is on the command line: a pasted
 * line would run at the first Tab.
 */
export function fishCompletion(program: Command): string {
  const name = program.name();
  const rules = commandsOf(program).flatMap(command => {
    const { name: word, description } = toSuggestion(command);
    return [
      `complete -c ${name} -n __fish_use_subcommand -a ${word} -d ${quoted(
        description,
      )}`,
      ...optionsOf(command).map(
        option =>
          `complete -c ${name} -n '__fish_seen_subcommand_from ${word}' -l ${option.name.slice(
            2,
          )} -d ${quoted(option.description)}`,
      ),
    ];
  });
  return [`complete -c ${name} -f`, ...rules, ''].join('\n');
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
