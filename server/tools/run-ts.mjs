/** Runs one TypeScript file of this repository: `node server/tools/run-ts.mjs <file> [arguments]`. Node 20 cannot by itself. */
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const [, , file, ...rest] = process.argv
if (file === undefined) throw new Error('Usage: node server/tools/run-ts.mjs <file.ts> [arguments]')
// Beside the workspaces, so that npm packages resolve as they do for the sources.
const out = join(root, '.cache', `${basename(file, '.ts')}-${process.pid}.mjs`)
mkdirSync(dirname(out), { recursive: true })
await build({
  entryPoints: [resolve(file)],
  outfile: out,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'inline',
  logLevel: 'warning',
  plugins: [
    {
      // Files find what lies beside them by their own place, not by the bundle's.
      name: 'source-places',
      setup(it) {
        it.onLoad({ filter: /\.m?[jt]s$/ }, async ({ path }) => ({
          contents: (await readFile(path, 'utf8'))
            .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
            .replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
          loader: 'ts',
        }))
      },
    },
    {
      name: 'npm-packages-outside',
      setup(it) {
        it.onResolve({ filter: /^[^./]/ }, (args) =>
          args.path.startsWith('@sluice/') || args.kind === 'entry-point' ? null : { path: args.path, external: true },
        )
      },
    },
  ],
})
process.argv = [process.argv[0] ?? 'node', resolve(file), ...rest]
await import(pathToFileURL(out).href)
