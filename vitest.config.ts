import { defineConfig } from 'vitest/config'

/** Everything but the browser: see vitest.browser.config.ts for that. */
export default defineConfig({
  test: {
    include: ['{flows,engine,nodes,editor,server,examples}/**/*.test.ts', '{editor,nodes}/**/*.test.tsx'],
    exclude: ['**/node_modules/**', '**/dist/**', 'editor/e2e/**'],
    globalSetup: ['server/tools/build-for-tests.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
