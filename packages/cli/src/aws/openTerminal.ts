import { closeSync, openSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';

/** The terminal that a person sits at, whatever standard input and output are tied to. */
export interface Terminal {
  stdin: ReadStream;
  stdout: WriteStream;
  close(): void;
}

/** Opens the terminal of this process; undefined where it has none. */
export function openTerminal(): Terminal | undefined {
  try {
    const input = openSync('/dev/tty', 'r');
    const output = openSync('/dev/tty', 'w');
    const stdin = new ReadStream(input);
    const stdout = new WriteStream(output);
    return {
      stdin,
      stdout,
      close: () => {
        stdin.destroy();
        stdout.destroy();
      },
    };
  } catch {
    return undefined;
  }
}

/** Whether what is typed at a terminal, such as Ctrl-C, reaches this process and those that it starts. */
export function hasTerminal(platform: NodeJS.Platform): boolean {
  if (platform === 'win32') {
    return true;
  }
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}
