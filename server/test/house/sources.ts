import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const workspaces = ['flows', 'engine', 'nodes', 'editor', 'server', 'examples']
const skipped = new Set(['node_modules', 'dist', 'coverage'])

export interface Source {
  /** From the top of the repository, with slashes. */
  readonly path: string
  readonly text: string
}

/** Every TypeScript source of ours. */
export function sources(): readonly Source[] {
  return workspaces
    .flatMap((workspace) => filesOf(join(root, workspace)))
    .map((file) => ({ path: relative(root, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
}

export function isTest(path: string): boolean {
  return /\.(test|types\.test|conformance)\.tsx?$/.test(path) || /(^|\/)(test|tests|testing|e2e|bench|crash|dev)\//.test(path)
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    // What a started product keeps lies beside the sources of its workspace; a folder of that name further in is ours.
    const isKept = entry.name === 'data' && dirname(folder) === root
    if (skipped.has(entry.name) || isKept || entry.name.startsWith('.')) return []
    if (entry.isDirectory()) return filesOf(path)
    return /\.(ts|tsx|mts)$/.test(entry.name) && !entry.name.endsWith('.d.mts') ? [path] : []
  })
}
