/**
 * Signs a person in and keeps credentials, in the folders that the environment names.
 * Run with Backstage's transform of TypeScript.
 */
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const {
  cacheFile,
} = require('../../../../packages/cli/src/aws/cache/cacheFile');
const {
  writeCached,
} = require('../../../../packages/cli/src/aws/cache/writeCached');

const HOUR = 3_600_000;

const identity = {
  backendUrl: 'https://portal.example.com',
  userRef: 'user:default/mary',
};
const wanted = { account: 'payroll' };

const config = join(process.env.XDG_CONFIG_HOME, 'break-glass');
mkdirSync(config, { recursive: true, mode: 0o700 });
writeFileSync(
  join(config, 'sign-ins.json'),
  JSON.stringify({
    current: identity.backendUrl,
    portals: {
      [identity.backendUrl]: {
        userRef: identity.userRef,
        tokens: 'file',
        signedInAt: Date.now(),
      },
    },
  }),
  { mode: 0o600 },
);

const now = Date.now();
writeCached(
  cacheFile(join(process.env.XDG_CACHE_HOME, 'break-glass'), identity, wanted),
  {
    version: 1,
    ...identity,
    wanted,
    accountRef: 'resource:default/payroll',
    accountTitle: 'Payroll',
    leaseId: '01JZZZZZZZZZZZZZZZZZZZZZZZ',
    issuedAt: new Date(now).toISOString(),
    leaseEndsAt: new Date(now + 2 * HOUR).toISOString(),
    credentials: {
      accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
      secretAccessKey: 'x'.repeat(40),
      sessionToken: 'x'.repeat(900),
      expiration: new Date(now + HOUR).toISOString(),
      region: 'eu-central-1',
    },
  },
  now,
).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
