/** Builds what a user would run, once, before the browser tests, unless it stands as the sources are: the server's bundles and the editor. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWhenChanged } from '../../server/tools/build-when-changed.mjs'

export default async function setup(): Promise<() => void> {
  // The test runner sets another mode; what is tested is what users get.
  process.env.NODE_ENV = 'production'
  await buildWhenChanged('server')
  await buildWhenChanged('editor')
  const demos = mkdtempSync(join(tmpdir(), 'sluice-demos-'))
  process.env.TEST_DEMOS = demos
  return () => rmSync(demos, { recursive: true, force: true })
}
