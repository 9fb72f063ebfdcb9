import { defineConfig } from 'vitest/config'
import { LongestFirst } from './server/tools/longest-first.ts'

/** Everything but the browser: see vitest.browser.config.ts for that. */
export default defineConfig({
  test: {
    globalSetup: ['server/tools/build-for-tests.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'editor/e2e/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: ['{flows,engine,nodes,server,examples}/**/*.test.ts'],
          // Files of one worker share what they import: loading it anew for each took more than half the time of the suite.
          isolate: false,
          setupFiles: ['server/tools/restore-globals.ts'],
        },
      },
      // The page's code loads parts of itself when it needs them; a part that comes when its file is over would be missing in the next.
      { extends: true, test: { name: 'editor', include: ['editor/**/*.test.ts', '{editor,nodes}/**/*.test.tsx'] } },
    ],
  },
})
