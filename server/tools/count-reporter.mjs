import { writeFileSync } from 'node:fs'

/**
 * Writes what `npm test` counts, to the file that TEST_COUNTS names (no SLUICE_ name: the product refuses those it does not know): per file its passed and failed tests and whether it broke,
 * and how many errors no test caught. Vitest's own JSON report leaves the last out.
 */
export default class CountReporter {
  onTestRunEnd(modules, unhandled) {
    const files = modules.map((file) => ({
      name: file.relativeModuleId,
      broken: file.state() === 'failed',
      passed: [...file.children.allTests('passed')].length,
      failed: [...file.children.allTests('failed')].length,
    }))
    writeFileSync(process.env.TEST_COUNTS, JSON.stringify({ files, unhandled: unhandled.length }))
  }
}
