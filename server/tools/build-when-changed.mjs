/** Builds the server or the editor when their sources changed since the last build, and says so on stderr. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

const mode = 'production'
const shared = ['flows', 'engine', 'nodes', 'package-lock.json']
const targets = {
  server: {
    sources: [...shared, 'server/src', 'server/tools/build.mjs'],
    result: 'server/dist/cli.js',
    build: async () => (await import('./build.mjs')).buildServer(),
  },
  editor: {
    sources: [...shared, ...['src', 'public', 'tools', 'index.html', 'vite.config.ts', 'package.json'].map((name) => `editor/${name}`)],
    result: 'editor/dist/index.html',
    build: buildEditor,
  },
}

export async function buildWhenChanged(name) {
  const { sources, result, build } = targets[name]
  const isThere = existsSync(join(root, result)) && existsSync(stampFile(name))
  if (isThere && readFileSync(stampFile(name), 'utf8') === stampOf(sources)) return
  console.error(`Building the ${name} …`)
  await noteBuilt(name, build)
}

/** Builds, in whatever way, what `buildWhenChanged` then finds done. */
export async function noteBuilt(name, build) {
  // As the sources stood when it began: what changed meanwhile is built anew. A build that breaks off leaves no stamp.
  const stamp = stampOf(targets[name].sources)
  rmSync(stampFile(name), { force: true })
  const result = await build()
  mkdirSync(dirname(stampFile(name)), { recursive: true })
  writeFileSync(stampFile(name), stamp)
  return result
}

function stampFile(name) {
  return join(root, '.cache', `built-${name}`)
}

function buildEditor() {
  if (!existsSync(join(root, 'editor/vite.config.ts'))) return
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: join(root, 'editor'),
    stdio: 'inherit',
    // Whatever mode the one who asks is in.
    env: { ...process.env, NODE_ENV: mode },
  })
  if (status !== 0) throw new Error('The editor could not be built; the lines above say why.')
}

/** One hash over name, size and time of every source file: a tenth of a second, and nothing is read. */
function stampOf(sources) {
  const hash = createHash('sha256').update(process.version).update(mode)
  for (const source of sources) for (const line of filesOf(join(root, source))) hash.update(line)
  return hash.digest('hex')
}

function filesOf(path) {
  if (!existsSync(path)) return []
  const found = statSync(path)
  if (!found.isDirectory()) return [`${relative(root, path)} ${found.size} ${found.mtimeMs}\n`]
  return readdirSync(path)
    .filter((name) => name !== 'node_modules' && name !== 'dist' && !name.startsWith('.') && !/\.test\.tsx?$/.test(name))
    .sort()
    .flatMap((name) => filesOf(join(path, name)))
}
