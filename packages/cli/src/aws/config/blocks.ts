import { CliError } from '../../CliError';
import { EXIT } from '../../exitCodes';

/** A part of the file that this command wrote, markers included. */
export interface Block {
  name: string;
  accountRef: string;
  /** Offsets in the text. */
  start: number;
  end: number;
}

interface Line {
  text: string;
  start: number;
  /** Behind its line end. */
  end: number;
}

const BEGIN = /^# >>> break-glass (\S+) (\S+)/;
const END = /^# <<< break-glass (\S+)/;
const ANY = /^# (?:>>>|<<<) break-glass/;
const HEADER = /^\s*\[\s*(?:profile\s+)?(["']?)(.*?)\1\s*\]/;

/**
 * The parts that this command wrote.
 *
 * @throws CliError where their markers are damaged, so that nobody can say whose a line is
 */
export function findBlocks(text: string): Block[] {
  const lines = linesOf(text);
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index++) {
    const begin = BEGIN.exec(lines[index].text);
    if (begin) {
      const last = lines.findIndex(
        (line, at) => at > index && ANY.test(line.text),
      );
      const [, name, accountRef] = begin;
      checkBlock(lines, index, last, name);
      blocks.push({
        name,
        accountRef,
        start: lines[index].start,
        end: lines[last].end,
      });
      index = last;
    } else if (ANY.test(lines[index].text)) {
      throw damaged(index);
    }
  }
  return blocks;
}

/** Names of the profiles that a text has outside of our blocks, `[profile x]` and `[x]` alike. */
export function foreignProfiles(text: string): Set<string> {
  let rest = text;
  for (const { start, end } of findBlocks(text).reverse()) {
    rest = rest.slice(0, start) + rest.slice(end);
  }
  return new Set(
    linesOf(rest).flatMap(line => {
      const header = HEADER.exec(line.text);
      return header ? [header[2].trim()] : [];
    }),
  );
}

/** Writes a block anew where it is, else at the end. Every other byte stays. */
export function withBlock(
  text: string,
  block: { name: string; accountRef: string; lines: string[] },
  newLine: string,
): string {
  const { name, accountRef, lines } = block;
  const words = [
    `# >>> break-glass ${name} ${accountRef} (written by "break-glass configure", which writes it anew)`,
    `[profile ${name}]`,
    ...lines,
    `# <<< break-glass ${name}`,
    '',
  ].join(newLine);
  const old = findBlocks(text).find(each => each.name === name);
  if (old) {
    return text.slice(0, old.start) + words + text.slice(old.end);
  }
  const gap = text === '' || /[\r\n]$/.test(text) ? '' : newLine;
  return text + gap + words;
}

/** Takes blocks out. Every other byte stays. */
export function withoutBlocks(text: string, names: Set<string>): string {
  return findBlocks(text)
    .filter(({ name }) => names.has(name))
    .reverse()
    .reduce(
      (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
      text,
    );
}

/** The line end that a text has. */
export function newLineOf(text: string, platform: NodeJS.Platform): string {
  const found = /\r\n|\n|\r/.exec(text)?.[0];
  return found ?? (platform === 'win32' ? '\r\n' : '\n');
}

function checkBlock(
  lines: Line[],
  first: number,
  last: number,
  name: string,
): void {
  const inside = lines.slice(first + 1, Math.max(last, first));
  const headers = inside.filter(line => HEADER.test(line.text));
  const whole =
    last > first &&
    END.exec(lines[last].text)?.[1] === name &&
    headers.length === 1 &&
    HEADER.exec(headers[0].text)![2].trim() === name;
  if (!whole) {
    throw damaged(first);
  }
  // For the AWS tools, what follows without a header of its own belongs to the profile above it.
  const next = lines
    .slice(last + 1)
    .find(({ text }) => text.trim() !== '' && !/^\s*[#;]/.test(text));
  if (next && !HEADER.test(next.text)) {
    throw damaged(lines.indexOf(next));
  }
}

function damaged(line: number): CliError {
  return new CliError(
    `Line ${
      line + 1
    } of the AWS config file is where break-glass writes, and was changed by hand. Take out what is between "# >>> break-glass" and "# <<< break-glass" there, with both lines, and move settings of yours into a profile of yours.`,
    EXIT.failed,
  );
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g)) {
    const start = match.index;
    const end = start + match[0].length;
    lines.push({ text: match[0].replace(/[\r\n]+$/, ''), start, end });
  }
  return lines;
}
