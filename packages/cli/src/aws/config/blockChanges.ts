import { Block, findBlocks } from './blocks';
import { textOf } from './configFiles';

/** What becomes of a part of the file that this command wrote. */
export interface BlockChange {
  /** As in `aws --profile`. */
  name: string;
  /** Its lines, with those that mark it; absent where it is new. */
  before?: string;
  /** Absent where it is taken out. */
  after?: string;
}

/**
 * The parts of this command that differ between two states of the file. Nothing that others wrote is in it: that may
 * be secret.
 */
export function blockChanges(before: string, after: string): BlockChange[] {
  const old = textsOf(before);
  const now = textsOf(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .map(name => ({ name, before: old.get(name), after: now.get(name) }))
    .filter(change => change.before !== change.after);
}

function textsOf(bytes: string): Map<string, string> {
  const entry = ({ name, start, end }: Block) =>
    [name, textOf(bytes.slice(start, end))] as const;
  return new Map(findBlocks(bytes).map(entry));
}
