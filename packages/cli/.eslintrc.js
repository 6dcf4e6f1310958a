module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // The bundle holds what is imported: libraries are needed to build the command, not to run it.
    '@backstage/no-undeclared-imports': 'off',
    'import/no-extraneous-dependencies': [
      'error',
      { devDependencies: true, optionalDependencies: true },
    ],
  },
});
