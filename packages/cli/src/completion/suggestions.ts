import { Command } from 'commander';

/** Something that may stand next on a command line. */
export interface Suggestion {
  name: string;
  description: string;
}

/** The commands that people use. */
export function commandsOf(program: Command): Command[] {
  return program.createHelp().visibleCommands(program);
}

/**
 * What may follow on a command line: a command, and after one its options.
 *
 * @param words - what is typed before the word that is being completed, without the name of the program
 */
export function suggest(program: Command, words: string[]): Suggestion[] {
  const command = commandsOf(program).find(one => words.includes(one.name()));
  return command ? optionsOf(command) : commandsOf(program).map(toSuggestion);
}

/** The long options of a command. */
export function optionsOf(command: Command): Suggestion[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) =>
      long ? [{ name: long, description }] : [],
    );
}

/** A command with its one-line summary. */
export function toSuggestion(command: Command): Suggestion {
  return {
    name: command.name(),
    description: command.summary() || command.description(),
  };
}
