import { defineConfig } from 'vitest/config'
import { alone } from './server/tools/alone.ts'
import { LongestFirst } from './server/tools/longest-first.ts'

const elsewhere = ['**/node_modules/**', '**/dist/**', 'editor/e2e/**']

/** Everything but the browser: see vitest.browser.config.ts for that. */
export default defineConfig({
  test: {
    globalSetup: ['server/tools/build-for-tests.ts'],
    exclude: [...elsewhere],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Files of one worker share what they import: loading it anew for each took more than half the time of the suite.
    isolate: false,
    setupFiles: ['server/tools/restore-globals.ts'],
    projects: [
      { extends: true, test: { name: 'server', include: ['{flows,engine,nodes,server,examples}/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'editor', include: ['editor/**/*.test.ts', '{editor,nodes}/**/*.test.tsx'], exclude: [...elsewhere, ...alone] },
      },
      { extends: true, test: { name: 'alone', include: [...alone], isolate: true } },
    ],
  },
})
