import { dirname, join } from 'node:path/posix'
import type { Source } from './sources.ts'

export interface Import {
  /** As it is written. */
  readonly specifier: string
  /** A path of ours, an entry of ours (`@sluice/engine/core`), or a package (`node:fs`, `typebox`). */
  readonly target: string
  readonly typeOnly: boolean
}

const statement = /^\s*(import|export)\s+(type\s+)?(?:[^'"()]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

/** What a source imports or passes on. */
export function importsOf({ path, text }: Source): readonly Import[] {
  return [...withoutComments(text).matchAll(statement)].map((match) => {
    const specifier = match[3] ?? match[4] ?? ''
    const target = specifier.startsWith('.') ? join(dirname(path), specifier) : specifier
    return { specifier, target, typeOnly: match[2] !== undefined }
  })
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

/** `csv-parse/sync` → `csv-parse`, `@fastify/static` → itself. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
}
