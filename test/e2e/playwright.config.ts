import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './support/browser.ts';
import { SLOW } from './support/slow.ts';

export default defineConfig({
  outputDir: '../../test-results',
  // Two cores on the smallest machine this must run on. Each test has a desk, a browser window and a folder of its own.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // A hang is a failure, a busy machine is not.
  timeout: 120_000 * SLOW,
  expect: { timeout: 20_000 * SLOW },
  use: {
    viewport: { width: 1280, height: 800 },
    // Recording everything takes a third of the time; whoever looks for a failure asks with `--trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: await chromiumLaunchOptions(),
  },
  projects: [
    { name: 'browser', testDir: '.', testMatch: '*.spec.ts', testIgnore: 'electron/**' },
    { name: 'electron', testDir: 'electron', testMatch: '*.spec.ts' },
  ],
});
