module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // A suite that other packages run exports its tests, and shares what it asserts.
      files: ['src/testUtils/cases/*.ts'],
      rules: {
        'jest/no-export': 'off',
        'jest/expect-expect': [
          'error',
          { assertFunctionNames: ['expect', 'expectOnly'] },
        ],
      },
    },
  ],
});
