import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/** Modules that the packs' server halves name and a browser does not have or need. Any other of Node stops the build. */
const instead: ReadonlyMap<string, string> = new Map([
  ['csv-parse/sync', fileURLToPath(new URL('../../nodes/simulate/browser/route-readers.ts', import.meta.url))],
  ['fast-xml-parser', fileURLToPath(new URL('../../nodes/simulate/browser/route-readers.ts', import.meta.url))],
  ['node:crypto', fileURLToPath(new URL('../../nodes/simulate/browser/node-crypto.ts', import.meta.url))],
  ['node:path', fileURLToPath(new URL('../../nodes/simulate/browser/node-path.ts', import.meta.url))],
])

/** Files of theirs that hold a key. */
const keys: ReadonlyMap<string, string> = new Map([
  [
    fileURLToPath(new URL('../../nodes/consent/server/receipt-key.ts', import.meta.url)),
    fileURLToPath(new URL('../../nodes/simulate/browser/receipt-key.ts', import.meta.url)),
  ],
  [
    fileURLToPath(new URL('../../nodes/consent/server/identity.ts', import.meta.url)),
    fileURLToPath(new URL('../../nodes/simulate/browser/identity.ts', import.meta.url)),
  ],
])

/** The server halves of the packs as the simulator's worker runs them: the same steps, gates and commands, with stand-ins for what a browser has not. */
export function packsInBrowser(): Plugin {
  const nodes = fileURLToPath(new URL('../../nodes/', import.meta.url))
  return {
    name: 'sluice-packs-in-browser',
    enforce: 'pre',
    resolveId(source, importer = '') {
      if (!importer.startsWith(nodes)) return null
      if (source.startsWith('.')) return keys.get(resolve(dirname(importer), source)) ?? null
      const found = instead.get(source) ?? null
      if (found === null && source.startsWith('node:'))
        throw new Error(`${importer} needs ${source}, which a browser does not have: add a stand-in`)
      return found
    },
  }
}
