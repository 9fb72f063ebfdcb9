import { defineConfig } from 'vitest/config'
import { LongestFirst } from './server/tools/longest-first.ts'

/** The product in a real browser: starts the server, drives Chromium. */
export default defineConfig({
  test: {
    include: ['editor/e2e/**/*.test.ts'],
    globalSetup: ['editor/e2e/build-product.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // What a person would see a moment later counts: a slow machine may paint late.
    expect: { poll: { timeout: 15_000, interval: 50 } },
    // Each file has its own product. One keeps seven tenths of a core at work and waits for the rest, so three fill two cores. Files of one
    // worker share its browser and what they import.
    maxWorkers: 3,
    // The words of the Chinese pass are learned for one file (`named`).
    isolate: process.env.SLUICE_TEST_LANGUAGE === 'zh-CN',
    sequence: { sequencer: LongestFirst },
  },
})
