import { defineConfig } from 'vitest/config'

/** The product in a real browser: starts the server, drives Chromium. */
export default defineConfig({
  test: {
    include: ['editor/e2e/**/*.test.ts'],
    globalSetup: ['editor/e2e/build-product.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
    fileParallelism: false,
  },
})
