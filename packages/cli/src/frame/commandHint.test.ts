import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createContext } from '../createContext';
import { createProgram } from '../program';
import { describeError } from './describeError';
import { commandHint } from './commandHint';

const OTHER = 'https://other.example.com';
const chosen = { env: { BREAK_GLASS_PORTAL: OTHER } };

/** They write out commands for other purposes: help, and marks in the AWS config file. */
const MAY =
  /^(commands\/\w+|program|frame\/commandHint|aws\/config\/blocks)\.ts$/;

describe('commandHint', () => {
  it('names the portal that was chosen, and none otherwise', () => {
    expect(commandHint(chosen, 'status')).toBe(
      `break-glass status --portal ${OTHER}`,
    );
    expect(commandHint({ env: {} }, 'status')).toBe('break-glass status');
  });

  it.each([
    ['https://mary:secret@portal.example.com', ''],
    ['no address', ''],
    [
      "https://portal.example.com/a;$(id)&'b'/",
      ' --portal https://portal.example.com/a%3B%24%28id%29%26%27b%27',
    ],
    ['http://[::1]:7007/x%20y', ' --portal http://[::1]:7007/x%20y'],
  ])('repeats of %s only what can be pasted', (portal, words) => {
    const context = { env: { BREAK_GLASS_PORTAL: portal } };
    expect(commandHint(context, 'status')).toBe(`break-glass status${words}`);
  });

  it.each([
    [401, 'login'],
    [404, 'doctor'],
  ])('is in the words for an answer of %d', (statusCode, command) => {
    const error = { name: 'ResponseError', statusCode };
    expect(describeError(chosen, error).message).toContain(
      `break-glass ${command} --portal ${OTHER}`,
    );
  });

  it('writes every command that people are told to run next', () => {
    const root = resolvePackagePath('break-glass', 'src');
    const names = createProgram(createContext(), { quiet: true })
      .commands.map(command => command.name())
      .join('|');
    const bare = new RegExp(`break-glass (${names}|\\$\\{)`);
    const found = (readdirSync(root, { recursive: true }) as string[])
      .filter(file => /\.ts$/.test(file) && !/\.test\.ts$/.test(file))
      .filter(file => !MAY.test(file.replace(/\\/g, '/')))
      .flatMap(file =>
        readFileSync(join(root, file), 'utf8')
          .split('\n')
          .filter(
            text =>
              bare.test(text) &&
              !/^ *(\/\*|\*|\/\/)/.test(text) &&
              !text.includes('--portal'),
          )
          .map(text => `${file}: ${text.trim()}`),
      );
    expect(found).toEqual([]);
  });
});
