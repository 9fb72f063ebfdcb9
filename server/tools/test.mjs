/** `npm test`: finds or installs the browser, builds once, runs every suite, and closes with one line that counts. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBrowser } from './browser.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const reports = join(root, '.cache')
mkdirSync(reports, { recursive: true })

const browser = ensureBrowser()
console.log(`Browser for the tests: ${browser}`)

const suites = [
  { name: 'unit', config: 'vitest.config.ts' },
  { name: 'browser', config: 'vitest.browser.config.ts' },
]
let passed = 0
let failed = 0
for (const suite of suites) {
  const report = join(reports, `test-${suite.name}.json`)
  rmSync(report, { force: true })
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      suite.config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CHROME_PATH: browser } },
  )
  const counted = read(report)
  passed += counted.numPassedTests
  failed += counted.numFailedTests
  // A suite that could not even load, or an unhandled error, is a failure although no test says so.
  if (run.status !== 0 && counted.numFailedTests === 0) failed += 1
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 }
  }
}
