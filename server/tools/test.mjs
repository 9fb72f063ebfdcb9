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
let repeated = []
for (const suite of suites) {
  let outcome = run(suite, [])
  // Where nobody watches, a browser file that a stalled machine broke gets one more try, with a product of its own; the last line says so.
  const broken = outcome.files.filter((file) => file.broken).map((file) => file.name)
  if (suite.name === 'browser' && process.env.CI !== undefined && broken.length > 0 && broken.length <= 4) {
    console.log(`\nOnce more, each with a fresh product: ${broken.join(', ')}`)
    const again = run(suite, broken)
    const whole = outcome.files.filter((file) => !file.broken)
    outcome = { files: [...whole, ...again.files], unhandled: outcome.unhandled + again.unhandled, ended: again.ended }
    repeated = broken
  }
  passed += sum(outcome.files, 'passed')
  // A file that could not even load, an error that no test caught and a run that broke off are failures although no test says so.
  failed += sum(outcome.files, 'failed') || outcome.unhandled || (outcome.ended ? 0 : 1)
}
if (repeated.length > 0) console.log(`\nRun a second time: ${repeated.join(', ')}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)

/** Runs a suite, or those of its files that are named. `ended`: vitest itself was content with this run. */
function run(suite, files) {
  const counts = join(reports, `test-${suite.name}.json`)
  rmSync(counts, { force: true })
  const vitest = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...files,
      '--config',
      suite.config,
      '--reporter=default',
      '--reporter=./server/tools/count-reporter.mjs',
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CHROME_PATH: browser, TEST_COUNTS: counts } },
  )
  return { ...read(counts), ended: vitest.status === 0 }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { files: [], unhandled: 0 }
  }
}

function sum(files, count) {
  return files.reduce((total, file) => total + file[count], 0)
}
