import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
import fc from 'fast-check';
import {
  findBlocks,
  foreignProfiles,
  newLineOf,
  withBlock,
  withoutBlocks,
} from './blocks';

const BLOCK = {
  name: 'bg-payroll-s3',
  accountRef: 'resource:default/payroll',
  lines: [
    'credential_process = break-glass credential-process resource:default/payroll',
    'region = eu-central-1',
  ],
};
const OTHER = { ...BLOCK, name: 'bg-other' };

/** Lines as people and tools write them, some of them strange. */
const aLine = fc.oneof(
  fc.constantFrom(
    '',
    '   ',
    '[default]',
    '[profile mine]',
    '[ profile spaced ]',
    '[sso-session corp]',
    '# a comment',
    '; another',
    'region = us-east-1',
    'output=json',
    's3 =',
    '  addressing_style = path',
    'credential_process = "/opt/a b/tool" --flag # not ours',
    '[profile bg-payroll-s3-kms]',
    '# break-glass was here',
  ),
  fc
    .string({ maxLength: 30, unit: 'binary' })
    .map(text => text.replace(/[\r\n\0]/g, '').replace(/^/, 'x_')),
);
const aFile = fc
  .record({
    lines: fc.array(fc.tuple(aLine, fc.constantFrom('\n', '\r\n')), {
      maxLength: 30,
    }),
    last: fc.constantFrom('', 'region = us-east-2', '# end'),
  })
  .map(({ lines, last }) =>
    Buffer.from(
      lines.map(([line, end]) => line + end).join('') + last,
      'utf8',
    ).toString('latin1'),
  );

describe('blocks of the AWS config file', () => {
  it('pitfall 32: every byte of others stays, whatever is written, written anew or taken out', () => {
    fc.assert(
      fc.property(aFile, fc.constantFrom('\n', '\r\n'), (text, newLine) => {
        const once = withBlock(text, BLOCK, newLine);
        expect(once.startsWith(text)).toBe(true);
        expect(withBlock(once, BLOCK, newLine)).toBe(once);

        const twice = withBlock(once, OTHER, newLine);
        const changed = withBlock(
          twice,
          { ...BLOCK, lines: ['region = us-gov-west-1'] },
          newLine,
        );
        expect(changed.startsWith(text)).toBe(true);
        expect(findBlocks(changed).map(({ name }) => name)).toEqual([
          BLOCK.name,
          OTHER.name,
        ]);
        expect(withBlock(changed, BLOCK, newLine)).toBe(twice);
        expect(withoutBlocks(twice, new Set([OTHER.name]))).toBe(once);

        const clean = withoutBlocks(twice, new Set([BLOCK.name, OTHER.name]));
        // A last line without an end got one.
        expect([text, text + newLine]).toContain(clean);
      }),
      { numRuns: 300 },
    );
  });

  it('the SDK for JavaScript reads our profile, and all others as before', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'blocks-'));
    let runs = 0;
    const profilesOf = async (bytes: string) => {
      runs += 1;
      const configFilepath = join(folder, String(runs));
      writeFileSync(configFilepath, Buffer.from(bytes, 'latin1'));
      const { configFile } = await loadSharedConfigFiles({
        configFilepath,
        filepath: join(folder, 'none'),
        ignoreCache: true,
      });
      return configFile;
    };
    await fc.assert(
      fc.asyncProperty(aFile, async text => {
        const before = await profilesOf(text);
        const after = await profilesOf(
          withBlock(text, BLOCK, newLineOf(text, 'linux')),
        );
        expect(after).toEqual({
          ...before,
          [BLOCK.name]: {
            credential_process:
              'break-glass credential-process resource:default/payroll',
            region: 'eu-central-1',
          },
        });
      }),
      { numRuns: 150 },
    );
  });

  it('writes where its block is, between others, with the line ends of the file', () => {
    const text = `[default]\r\nregion = x\r\n${withBlock(
      '',
      BLOCK,
      '\r\n',
    )}\r\n# mine\r\n[profile mine]\r\n`;
    const after = withBlock(
      text,
      { ...BLOCK, lines: ['region = eu-west-1'] },
      newLineOf(text, 'linux'),
    );
    expect(after.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    expect(after).toMatch(
      /^\[default\]\r\nregion = x\r\n# >>> break-glass [^]*region = eu-west-1\r\n# <<< break-glass bg-payroll-s3\r\n\r\n# mine\r\n\[profile mine\]\r\n$/,
    );
  });

  it('finds the names of others in every way of writing them', () => {
    const text = `[a]\n[profile b]\n [ profile  c ]\n[profile "d e"]\n${withBlock(
      '',
      BLOCK,
      '\n',
    )}[profile f] # why\n`;
    expect([...foreignProfiles(text)]).toEqual(['a', 'b', 'c', 'd e', 'f']);
  });

  const whole = withBlock('', BLOCK, '\n');
  it.each([
    ['no end', whole.replace(/# <<<.*\n/, '')],
    ['no beginning', whole.replace(/# >>>.*\n/, '')],
    ['another end', whole.replace('<<< break-glass bg', '<<< break-glass xx')],
    ['another profile', whole.replace('[profile bg', '[profile xx')],
    ['no profile', whole.replace(/\[profile.*\n/, '')],
    ['two profiles', whole.replace('region', '[profile x]\nregion')],
    [
      'a beginning inside',
      whole.replace('region', '# >>> break-glass x y\nregion'),
    ],
    ['settings right behind it', `${whole}\n# output\noutput = json\n`],
  ])('touches nothing where its markers have %s', (_, text) => {
    for (const act of [
      () => findBlocks(text),
      () => withBlock(text, BLOCK, '\n'),
      () => withoutBlocks(text, new Set([BLOCK.name])),
      () => foreignProfiles(text),
    ]) {
      expect(act).toThrow(/Line \d+ of the AWS config file .* changed by hand/);
    }
  });
});
