import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const worthIt = /\.(js|css|svg|ttf|html)$/
const bytesMin = 1_000
const pack = { br: promisify(brotliCompress), gz: promisify(gzip) }
/** The last two steps of brotli take ten times as long for two percent. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

/** Files are compressed once, when they are built; the server hands the small one to whoever takes it. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = 'dist' }, bundle) {
      for (const name of Object.keys(bundle).filter((each) => worthIt.test(each))) {
        const path = join(dir, name)
        const body = await readFile(path)
        if (body.length < bytesMin) continue
        const [small, gzipped] = await Promise.all([pack.br(body, brotli), pack.gz(body, { level: 9 })])
        await Promise.all([writeFile(`${path}.br`, small), writeFile(`${path}.gz`, gzipped)])
      }
    },
  }
}
