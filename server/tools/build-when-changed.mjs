/** Builds the server or the editor when their sources changed since the last build, and says so on stderr. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

const shared = ['flows', 'engine', 'nodes', 'package-lock.json']
const targets = {
  server: {
    sources: [...shared, 'server/src', 'server/tools/build.mjs'],
    result: 'server/dist/cli.js',
    build: async () => (await import('./build.mjs')).buildServer(),
  },
  editor: {
    sources: [...shared, 'editor/src', 'editor/index.html', 'editor/vite.config.ts', 'editor/package.json'],
    result: 'editor/dist/index.html',
    build: buildEditor,
  },
}

export async function buildWhenChanged(name) {
  const { sources, result, build } = targets[name]
  const stampFile = join(root, '.cache', `built-${name}`)
  const stamp = stampOf(sources)
  if (existsSync(join(root, result)) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  console.error(`Building the ${name} …`)
  await build()
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
}

function buildEditor() {
  if (!existsSync(join(root, 'editor/vite.config.ts'))) return
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: join(root, 'editor'), stdio: 'inherit' })
  if (status !== 0) throw new Error('The editor could not be built; the lines above say why.')
}

/** One hash over name, size and time of every source file: a tenth of a second, and nothing is read. */
function stampOf(sources) {
  const hash = createHash('sha256').update(process.version)
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
