/** As the other browser tests, but in Chromium 109, without WebGL, on a small office screen. */
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import usual from '../playwright.config.ts'
import { oldChromium } from './chromium.ts'

export default defineConfig({
  ...usual,
  testDir: '.',
  testMatch: '*.old.ts',
  outputDir: '../../../test-results/old',
  workers: 1,
  globalSetup: [
    join(import.meta.dirname, 'chromium.ts'),
    join(import.meta.dirname, '../support/template.ts'),
  ],
  use: {
    ...usual.use,
    viewport: { width: 1280, height: 720 },
    launchOptions: {
      executablePath: oldChromium,
      args: [
        '--headless',
        '--disable-gpu',
        '--no-zygote',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
})
