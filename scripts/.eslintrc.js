const { createConfigForRole } = require('@backstage/cli/config/eslint-factory');

module.exports = createConfigForRole(__dirname, 'cli', {
  parserOptions: { ecmaVersion: 2022 },
  rules: {
    // The programs here run before anything is installed, so they use what Node brings.
    'jest/no-standalone-expect': 'off',
    'jest/expect-expect': 'off',
    '@backstage/no-undeclared-imports': 'off',
    'no-await-in-loop': 'off',
  },
});
