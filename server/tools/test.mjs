/** `npm test`: finds or installs the browser, builds once, runs every suite, and closes with one line that counts. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
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
let repeated = []
for (const suite of suites) {
  let outcome = run(suite, [])
  // Where nobody watches, a browser file that a stalled machine broke gets one more try, with a product of its own; the last line says so.
  const broken = outcome.broken
  if (suite.name === 'browser' && process.env.CI !== undefined && broken.length > 0 && broken.length <= 4) {
    console.log(`\nOnce more, each with a fresh product: ${broken.join(', ')}`)
    const again = run(suite, broken)
    outcome = { passed: outcome.passed - outcome.passedIn(broken) + again.passed, failed: again.failed }
    repeated = broken
  }
  passed += outcome.passed
  failed += outcome.failed
}
if (repeated.length > 0) console.log(`\nRun a second time: ${repeated.join(', ')}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)

/** Runs a suite, or those of its files that are named. */
function run(suite, files) {
  const report = join(reports, `test-${suite.name}.json`)
  rmSync(report, { force: true })
  const vitest = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...files,
      '--config',
      suite.config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CHROME_PATH: browser } },
  )
  const { testResults, numFailedTests } = read(report)
  const counted = (results) => results.flatMap((file) => file.assertionResults).filter((test) => test.status === 'passed').length
  return {
    passed: counted(testResults),
    // A suite that could not even load, or an unhandled error, is a failure although no test says so.
    failed: vitest.status !== 0 && numFailedTests === 0 ? 1 : numFailedTests,
    broken: testResults.filter((file) => file.status === 'failed').map((file) => relative(root, file.name)),
    passedIn: (names) => counted(testResults.filter((file) => names.includes(relative(root, file.name)))),
  }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { testResults: [], numFailedTests: 0 }
  }
}
