import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions } from './e2e/fixtures/chromium.ts'

export default defineConfig({
  testDir: 'e2e',
  outputDir: '.cache/playwright',
  globalSetup: './e2e/fixtures/global-setup.ts',
  reporter: [['list'], ['json', { outputFile: '.cache/results/browser.json' }]],
  forbidOnly: Boolean(process.env.CI),
  workers: 1,
  projects: [
    { name: 'journeys', testIgnore: 'operate.spec.ts' },
    // Needs an app that uses the journey's own speech service; see scripts/test/run-browser-tests.ts.
    { name: 'operate', testMatch: 'operate.spec.ts' },
  ],
  timeout: 240_000,
  expect: { timeout: 30_000 },
  use: {
    ...(process.env.BASE_URL ? { baseURL: process.env.BASE_URL } : {}),
    locale: 'en-GB',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: chromiumLaunchOptions(),
  },
})
