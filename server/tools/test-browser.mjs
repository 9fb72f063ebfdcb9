/** `npm run test:browser -- [--language zh-CN] [files]`: the browser tests alone, in English or against the Chinese product. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBrowser } from './browser.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const { values, positionals } = parseArgs({ options: { language: { type: 'string', default: 'en' } }, allowPositionals: true })
if (values.language !== 'en' && values.language !== 'zh-CN') {
  console.error('Say --language en or --language zh-CN.')
  process.exit(2)
}

const report = join(root, '.cache/words-without-chinese.txt')
rmSync(report, { force: true })
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...positionals, '--config', 'vitest.browser.config.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, CHROME_PATH: ensureBrowser(), SLUICE_TEST_LANGUAGE: values.language } },
)
if (existsSync(report)) {
  const words = [...new Set(readFileSync(report, 'utf8').trim().split('\n'))]
  console.log(`\n${words.length} words the product has no Chinese for, looked for as they are:\n  ${words.sort().join('\n  ')}`)
}
process.exit(status ?? 1)
