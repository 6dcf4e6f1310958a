const { readdirSync } = require('node:fs');
const { join } = require('node:path');

/** The rooms, top floor first: each imports only from those below it. Wiring (`src/*.ts`) may import all. */
const ROOMS = [
  'router',
  'insights',
  'unbrokered',
  'review',
  'activity',
  'federation',
  'leases',
  'approvals',
  'profiles',
  'lookups',
  'accounts',
  'audit',
  'outbox',
  'database',
  'config',
];

/** Folders that are no room: builders for tests. */
const NOT_ROOMS = ['testing'];

for (const { name } of readdirSync(join(__dirname, 'src'), {
  withFileTypes: true,
}).filter(entry => entry.isDirectory())) {
  if (![...ROOMS, ...NOT_ROOMS].includes(name)) {
    throw new Error(
      `plugins/break-glass-backend/src/${name} has no place among the rooms in .eslintrc.js`,
    );
  }
}

const roomOrder = ROOMS.map((room, floor) => ({
  target: `./src/${room}`,
  from: [
    ...ROOMS.slice(0, floor).map(above => `./src/${above}`),
    './src/plugin.ts',
    './src/index.ts',
  ],
  message: `${room}/ may import only from the rooms below it: ${
    ROOMS.slice(floor + 1).join(', ') || 'none'
  }.`,
}));

/** Libraries that only some folders may know, so that the domain stays free of them. */
const LIBRARIES = {
  express: { group: ['express', 'express-*'], folders: ['src/router'] },
  knex: { group: ['knex'], folders: ['src/database'] },
  'the AWS SDK': {
    group: ['@aws-sdk/*', '@smithy/*'],
    folders: ['src/*/aws', 'src/activity/athena'],
  },
};

const TESTS = ['**/*.test.ts', 'src/testing/**'];

/** Refuses, in some folders, every library that is not theirs. */
function keepOut(folders) {
  return {
    files: folders.map(folder => `${folder}/**/*.ts`),
    excludedFiles: TESTS,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: Object.entries(LIBRARIES)
            .filter(([, library]) => library.folders !== folders)
            .map(([name, library]) => ({
              group: library.group,
              message: `Only ${library.folders.join(', ')} may know ${name}.`,
            })),
        },
      ],
    },
  };
}

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  settings: {
    // Without it the room order finds no TypeScript file, and passes silently.
    'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
  },
  overrides: [
    {
      files: ['src/**/*.ts'],
      excludedFiles: TESTS,
      rules: {
        'import/no-restricted-paths': [
          'error',
          { basePath: __dirname, zones: roomOrder },
        ],
      },
    },
    keepOut(['src/*']),
    ...Object.values(LIBRARIES).map(({ folders }) => keepOut(folders)),
  ],
});
