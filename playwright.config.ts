import { defineConfig } from '@playwright/test';

const asRoot = process.getuid?.() === 0;

/** Browser tests against the whole demo, built as for production, on free ports and with data of its own. */
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  globalSetup: './scripts/startForBrowserTests.mjs',
  // The tests share one portal; what they do to it must not depend on who is faster.
  workers: 1,
  timeout: 120_000,
  // A slow machine is no failing test.
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: process.env.E2E_PAGE_URL,
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
