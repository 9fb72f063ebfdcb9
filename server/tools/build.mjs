/** Bundles the server: one file per thread, packages from npm stay outside. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const server = join(dirname(fileURLToPath(import.meta.url)), '..')
const entries = {
  cli: 'src/cli/main.ts',
  engine: 'src/hosts/sqlite/engine-thread.ts',
  checkpoint: 'src/hosts/sqlite/checkpoint-thread.ts',
  evaluate: 'src/expression-pool/evaluate-thread.ts',
  code: 'src/code-pool/code-thread.ts',
  simulate: 'src/simulation/simulate-thread.ts',
}

/**
 * Our own workspaces are TypeScript and go into the bundle; npm packages are loaded from node_modules, but for those that consist of
 * hundreds of small modules: each thread would open every one of them at its start (measured: 0.4 s a thread).
 */
const bundled = /^(typebox|drizzle-orm|jsonata|ulid|croner|canonicalize)(\/|$)/

function isInside({ path, kind }) {
  return path.startsWith('@sluice/') || kind === 'entry-point' || bundled.test(path)
}

export async function buildServer() {
  const entryPoints = Object.fromEntries(
    Object.entries(entries)
      .map(([name, file]) => [name, join(server, file)])
      .filter(([, file]) => existsSync(file)),
  )
  const { metafile } = await build({
    metafile: true,
    entryPoints,
    outdir: join(server, 'dist'),
    bundle: true,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [
      {
        name: 'npm-packages-outside',
        setup(it) {
          it.onResolve({ filter: /^[^./]/ }, (args) => (isInside(args) ? null : { path: args.path, external: true }))
        },
      },
    ],
  })
  removeOldChunks(new Set(Object.keys(metafile.outputs).map((file) => basename(file))))
}

/** Chunks of earlier builds. A day's grace: a server that was started from them may still load one. */
function removeOldChunks(current) {
  const dist = join(server, 'dist')
  for (const name of readdirSync(dist)) {
    const old = /^chunk-.*\.js(\.map)?$/.test(name) && !current.has(name) && Date.now() - statSync(join(dist, name)).mtimeMs > 86_400_000
    if (old) rmSync(join(dist, name), { force: true })
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await buildServer()
