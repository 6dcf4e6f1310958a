import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  OLDER_VARIABLES,
  shellLines,
  ShellCredentials,
  ShellFormat,
} from 'backstage-plugin-break-glass-common/credentials';

/** Every character that values may have. */
const credentials: ShellCredentials = {
  accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY=_.-EXAMPLEKEY',
  sessionToken: 'FwoGZXIvYXdzEXAMPLETOKEN//////////++--__..==',
  expiration: '2026-10-01T13:00:00.000Z',
  region: 'eu-central-1',
};

const EXPECTED = {
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
  AWS_CREDENTIAL_EXPIRATION: credentials.expiration,
  AWS_REGION: credentials.region,
  AWS_DEFAULT_REGION: credentials.region,
};

interface Shell {
  name: string;
  command: string;
  format: ShellFormat;
  /** As people are told to use the lines. */
  script: string;
  /** What the project's own machine for tests must have. */
  required: boolean;
}

const SHOW = 'env -0 > "$OUT"';
const SHELLS: Shell[] = [
  {
    name: 'bash',
    command: 'bash',
    format: 'bash',
    script: `set -euo pipefail; eval "$(cat "$LINES_FILE")"; ${SHOW}`,
    required: true,
  },
  {
    name: 'sh',
    command: 'sh',
    format: 'bash',
    script: `set -eu; eval "$(cat "$LINES_FILE")"; ${SHOW}`,
    required: true,
  },
  {
    name: 'zsh',
    command: 'zsh',
    format: 'bash',
    script: `set -eu; eval "$(cat "$LINES_FILE")"; ${SHOW}`,
    required: false,
  },
  {
    name: 'fish',
    command: 'fish',
    format: 'fish',
    script: `cat $LINES_FILE | source; ${SHOW}`,
    required: true,
  },
  {
    name: 'PowerShell',
    command: 'pwsh',
    format: 'powershell',
    script:
      'Get-Content -Raw $Env:LINES_FILE | Invoke-Expression; /usr/bin/env -0 | Set-Content -NoNewline $Env:OUT',
    required: false,
  },
];

describe.each(SHELLS)('lines evaluated by $name', shell => {
  const present =
    spawnSync(shell.command, ['-c', 'exit 0'], { stdio: 'ignore' }).status ===
    0;
  const wanted = present || (shell.required && process.env.CI === 'true');
  if (!wanted) {
    process.stderr.write(`Skipped: ${shell.command} is not installed.\n`);
  }
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shells-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const onlyThere = wanted ? it : it.skip;
  onlyThere(
    'pitfall 32: set the credentials, and leave nothing of older ones',
    () => {
      const lines = join(folder, 'lines');
      const out = join(folder, 'out');
      writeFileSync(lines, shellLines(shell.format, credentials));
      const older = Object.fromEntries(
        OLDER_VARIABLES.map(name => [name, 'older']),
      );
      execFileSync(shell.command, ['-c', shell.script], {
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          LINES_FILE: lines,
          OUT: out,
          AWS_REGION: 'us-east-1',
          ...older,
        },
      });
      const environment = execFileSync('cat', [out], { encoding: 'utf8' })
        .split('\0')
        .filter(entry => entry.startsWith('AWS_'))
        .map(entry => /^([^=]*)=([^]*)$/.exec(entry)!.slice(1));
      // eslint-disable-next-line jest/no-standalone-expect
      expect(Object.fromEntries(environment)).toEqual(EXPECTED);
    },
  );
});
