/** Builds what a user would run, once, before the browser tests: the server's bundles and the editor. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { buildServer } from '../../server/tools/build.mjs'

export default async function setup(): Promise<() => void> {
  // The test runner sets another mode; what is tested is what users get.
  process.env.NODE_ENV = 'production'
  const editor = join(dirname(fileURLToPath(import.meta.url)), '..')
  await Promise.all([buildServer(), build({ root: editor, configFile: join(editor, 'vite.config.ts'), logLevel: 'error' })])
  const demos = mkdtempSync(join(tmpdir(), 'sluice-demos-'))
  process.env.TEST_DEMOS = demos
  return () => rmSync(demos, { recursive: true, force: true })
}
