/** Threads run bundled JavaScript: beside this file once the server is bundled, in `dist` while it runs from source or from a test's own bundle. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type WorkerName = 'engine' | 'checkpoint' | 'evaluate' | 'code' | 'simulate'

export function workerFile(name: WorkerName): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const places = [here, join(here, '..'), join(here, '..', 'dist')].map((folder) => join(folder, `${name}.js`))
  const found = places.find((file) => existsSync(file))
  if (found === undefined) throw new Error(`SLU_NOT_BUILT: ${name}.js is missing; run "npm run build"`)
  return found
}
