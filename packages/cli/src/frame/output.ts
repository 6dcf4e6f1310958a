import { Context } from '../Context';
import { inertJson, inertLines } from './inert';

/** Writes the answer of a command, for a person. */
export function say(context: Context, text: string): void {
  context.stdout.write(`${inertLines(text)}\n`);
}

/** Writes what a person should know beside the answer: progress, warnings, questions. */
export function note(context: Context, text: string): void {
  context.stderr.write(`${inertLines(text)}\n`);
}

/** Writes the answer of a command, for a program. */
export function sayJson(context: Context, value: unknown): void {
  context.stdout.write(`${inertJson(value)}\n`);
}
