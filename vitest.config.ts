import { defineConfig } from 'vitest/config'

/** Everything but the browser: see vitest.browser.config.ts for that. */
export default defineConfig({
  test: {
    include: ['{flows,engine,nodes,editor,server,examples}/**/*.test.ts', '{editor,nodes}/**/*.test.tsx'],
    exclude: ['**/node_modules/**', '**/dist/**', 'editor/e2e/**'],
    globalSetup: ['server/tools/build-for-tests.ts'],
    // Files of one worker share what they import: loading it anew for each took more than half the time of the suite.
    isolate: false,
    setupFiles: ['server/tools/restore-globals.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
