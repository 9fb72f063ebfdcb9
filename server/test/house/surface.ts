/**
 * The public surface of each workspace: what every entry of its `exports` gives, as text that is checked in, so that a change to it is
 * seen in review. `npm run surface` writes it anew.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
export const published = ['flows', 'engine', 'nodes/sdk', 'nodes'] as const

type Kind = 'value' | 'type'
type Surface = ReadonlyMap<string, Kind>

const declared = /^export (?:declare )?(?:abstract )?(?:async )?(const|let|function\*?|class|enum|interface|type) ([A-Za-z_$][\w$]*)/gm
const listed = /^export (type )?\{([^}]*)\}(?: from '([^']+)')?/gm
const starred = /^export (?:type )?\* from '([^']+)'/gm

/** Names that a file gives, its own and those it passes on. Values from packages are named by their package. */
export function surfaceOf(file: string): Surface {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const names = new Map<string, Kind>()
  for (const [, kind = '', name = ''] of text.matchAll(declared))
    names.set(name, kind === 'interface' || kind === 'type' ? 'type' : 'value')
  for (const [, allTypes, list = '', from] of text.matchAll(listed)) {
    const source = from?.startsWith('.') === true ? surfaceOf(join(dirname(file), from)) : null
    for (const item of list
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)) {
      const [, typed, inside = '', outside] = /^(type )?(\S+)(?: as (\S+))?$/.exec(item) ?? []
      const isType = allTypes !== undefined || typed !== undefined || source?.get(inside) === 'type'
      names.set(outside ?? inside, isType ? 'type' : 'value')
    }
  }
  for (const [, from = ''] of text.matchAll(starred)) {
    if (!from.startsWith('.')) names.set(`* from ${from}`, 'value')
    else for (const [name, kind] of surfaceOf(join(dirname(file), from))) names.set(name, kind)
  }
  return names
}

/** The text of one workspace's surface: entries in the order of `exports`, names by alphabet. */
export function surfaceText(workspace: string): string {
  const folder = join(root, workspace)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly exports: Readonly<Record<string, string>>
  }
  const parts = Object.entries(manifest.exports).map(([entry, file]) => {
    const lines = [...surfaceOf(join(folder, file))].map(([name, kind]) => (kind === 'type' ? `type ${name}` : name)).sort()
    return `${[`# ${join(manifest.name, entry)}`, ...lines].join('\n')}\n`
  })
  return parts.join('\n')
}

export function surfaceFile(workspace: string): string {
  return join(root, workspace, 'surface.txt')
}

/** Workspaces whose written surface is not what the code gives. */
export function changedSurfaces(): readonly string[] {
  return published.filter((workspace) => {
    const file = surfaceFile(workspace)
    return !existsSync(file) || readFileSync(file, 'utf8') !== surfaceText(workspace)
  })
}

if (process.argv.includes('--write')) {
  for (const workspace of changedSurfaces()) {
    writeFileSync(surfaceFile(workspace), surfaceText(workspace))
    process.stdout.write(`${relative(root, surfaceFile(workspace))} written\n`)
  }
}
