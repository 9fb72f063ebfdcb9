/** Bundles a TypeScript file of the tests so that a thread or a process of its own can run it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))

export interface Bundle {
  readonly file: string
  readonly url: string
  remove(): void
}

/** Inside the repository, so that packages resolve as they do for the server itself. */
export async function bundle(name: string): Promise<Bundle> {
  const folder = mkdtempSync(join(here, '..', '..', 'dist', 'test-'))
  const file = join(folder, `${name}.js`)
  await build({
    entryPoints: [join(here, `${name}.ts`)],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
    plugins: [packagesOutside],
  })
  return { file, url: pathToFileURL(file).href, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** As in the server's own build. The engine's test kit also names vitest, which has no place in a process that is not a test. */
const packagesOutside: Plugin = {
  name: 'packages-outside',
  setup(it) {
    it.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'empty' }))
    it.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export const expect = null, test = null' }))
    it.onResolve({ filter: /^[^./]/ }, (args) =>
      args.path.startsWith('@sluice/') || args.kind === 'entry-point' ? null : { path: args.path, external: true },
    )
  },
}
