import { fileURLToPath } from 'node:url'
import { type Plugin, parseAst } from 'vite'

/** Files that declare one step type or one pack. */
const declarations = /\/nodes\/[a-z-]+\/(?:nodes\/[a-z-]+|index)\.ts$/

/** What a step does when it runs and how its settings are checked: for the engine and the check in its worker (`StepType` of `doc/`). */
const insides: ReadonlySet<string> = new Set(['run', 'check', 'effectOf'])
/** Packs name their codes and how they are worded; the page shows what the server wrote. */
const ofPack: ReadonlySet<string> = new Set(['errors', 'templates'])
const plainTypes = fileURLToPath(new URL('./plain-types.ts', import.meta.url))

interface Range {
  readonly start: number
  readonly end: number
}

/**
 * The page shows steps: faces, forms, ports, sentences. It never runs one. Without the two functions that do, everything
 * only they need (expressions, cron, decision tables) falls out of the page's bundle. Workers get the whole declarations.
 */
export function stepFaces(): Plugin {
  return {
    name: 'step-faces',
    enforce: 'pre',
    resolveId: { filter: { id: /^typebox$/ }, handler: () => plainTypes },
    transform: {
      filter: { id: declarations },
      handler: (code) => ({ code: withoutInsides(code), map: null }),
    },
  }
}

/** The same module with the properties named above taken out of every `defineNode({ … })` and `definePack({ … })`. */
export function withoutInsides(code: string): string {
  const cuts: Range[] = []
  visit(parseAst(code, { lang: 'ts' }), (node) => {
    if (node.type !== 'CallExpression') return
    const out = node.callee?.name === 'defineNode' ? insides : node.callee?.name === 'definePack' ? ofPack : null
    if (out === null) return
    for (const property of node.arguments?.[0]?.properties ?? []) if (out.has(property.key?.name ?? '')) cuts.push(property)
  })
  return cuts.sort((a, b) => b.start - a.start).reduce((rest, { start, end }) => `${rest.slice(0, start)}...null${rest.slice(end)}`, code)
}

/** As much of a syntax tree as is looked at here. */
interface SyntaxNode extends Range {
  readonly type: string
  readonly callee?: { readonly name?: string }
  readonly arguments?: readonly { readonly properties?: readonly (Range & { readonly key?: { readonly name?: string } })[] }[]
}

function visit(value: unknown, see: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see)
    return
  }
  if (typeof value !== 'object' || value === null) return
  if ('type' in value && 'start' in value) see(value as SyntaxNode)
  for (const inner of Object.values(value)) visit(inner, see)
}
