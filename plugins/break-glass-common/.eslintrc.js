const { builtinModules } = require('node:module');

const NODE_GLOBALS = [
  'Buffer',
  'process',
  'global',
  'require',
  'module',
  '__dirname',
  '__filename',
  'setImmediate',
  'clearImmediate',
];

// This package runs in browsers as well as in Node.
module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  restrictedSrcImports: builtinModules.flatMap(name => [name, `node:${name}`]),
  overrides: [
    {
      files: ['src/**/*.ts'],
      excludedFiles: ['**/*.test.ts'],
      rules: {
        'no-restricted-globals': [
          'error',
          ...NODE_GLOBALS.map(name => ({
            name,
            message: `${name} does not exist in a browser.`,
          })),
        ],
      },
    },
  ],
});
