/** Threads run bundled JavaScript: beside this file once the server is bundled, in `dist` while it runs from source (tests). */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export function workerFile(name: 'engine' | 'evaluate'): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const beside = join(here, `${name}.js`)
  return existsSync(beside) ? beside : join(here, '..', 'dist', `${name}.js`)
}
