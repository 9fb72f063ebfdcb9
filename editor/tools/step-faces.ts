import { fileURLToPath } from 'node:url'
import { type Plugin, parseAst, runnerImport } from 'vite'
import { defaultsIn } from '../src/doc/defaults.ts'

/** Files that declare one step type or one pack. */
const declarations = /\/nodes\/[a-z-]+\/(?:nodes\/[a-z-]+|index)\.ts$/

/** What a step does when it runs and how its settings are checked: for the engine and the check in its worker (`StepType` of `doc/`). */
const insides: ReadonlySet<string> = new Set(['run', 'check', 'effectOf', 'needsStore'])
/** Where the page reads the schemas of the settings; the build writes them down there, for the inspector to load with itself. */
const schemasFile = /\/editor\/src\/inspect\/schema\/schemas\.ts$/
/** The same for the words steps are searched by, which come with the search. */
const keywordsFile = /\/editor\/src\/canvas\/palette\/keywords\.ts$/
/** Our declarations only declare: what nobody uses of them may go, calls included. */
const ours = /\/nodes\/(?!.*node_modules).*\.ts$/

/** Packs name their codes and how they are worded; the page shows what the server wrote. */
const ofPack: ReadonlySet<string> = new Set(['errors', 'templates'])
const nodesFile = fileURLToPath(new URL('../../nodes/catalogue.ts', import.meta.url))
const plainTypes = fileURLToPath(new URL('./plain-types.ts', import.meta.url))

interface Range {
  readonly start: number
  readonly end: number
}

export type Schemas = Readonly<Record<string, object>>
type Keywords = Readonly<Record<string, readonly string[]>>

/**
 * The page shows steps: faces, forms, ports, sentences. It never runs one. Without the functions that do, everything
 * only they need (expressions, cron, decision tables) falls out of the page's bundle. Workers get the whole declarations.
 * A built page has the schemas of the settings apart, because only the inspector and the comparison read them: a step type keeps the
 * values that a fresh step starts with. Its keywords lie apart as well.
 */
export function stepFaces(): Plugin {
  let schemas: Schemas | null = null
  let keywords: Keywords = {}
  return {
    name: 'step-faces',
    enforce: 'pre',
    async buildStart() {
      if (this.environment.mode === 'build' && schemas === null) ({ schemas, keywords } = await readApart())
    },
    resolveId: { filter: { id: /^typebox$/ }, handler: () => plainTypes },
    load: {
      filter: { id: [schemasFile, keywordsFile] },
      handler(id) {
        if (schemas === null) return null
        const [name, table, none] = schemasFile.test(id) ? ['schemaOf', schemas, ''] : ['keywordsOf', keywords, ' ?? []']
        return `const table = JSON.parse(${JSON.stringify(JSON.stringify(table))})\nexport const ${name} = (type) => table[type]${none}`
      },
    },
    transform: {
      filter: { id: ours },
      handler(code, id) {
        const bare = declarations.test(id) ? withoutInsides(code, schemas) : code
        return { code: schemas === null ? bare : withPureCalls(bare), map: null }
      },
    },
  }
}

interface Declared {
  readonly config: object
  readonly keywords?: readonly string[]
}

/** The schemas as JSON and the keywords, from the declarations themselves. */
async function readApart(): Promise<{ readonly schemas: Schemas; readonly keywords: Keywords }> {
  const { module } = await runnerImport<{ readonly nodeTypes: ReadonlyMap<string, Declared> }>(nodesFile, {
    configFile: false,
    logLevel: 'error',
    // Ours are TypeScript and have to pass through the build; libraries run as they are.
    resolve: { noExternal: [/^@sluice\//] },
  })
  const all = [...module.nodeTypes]
  return {
    schemas: Object.fromEntries(all.map(([type, { config }]) => [type, JSON.parse(JSON.stringify(config))])),
    keywords: Object.fromEntries(all.map(([type, { keywords = [] }]) => [type, keywords])),
  }
}

/**
 * The same module with the properties named above taken out of every `defineNode({ … })` and `definePack({ … })`; with the schemas at hand
 * also the settings, of which the defaults stay, and the keywords.
 */
export function withoutInsides(code: string, schemas: Schemas | null = null): string {
  const cuts: (Range & { readonly by: string })[] = []
  visit(parseAst(code, { lang: 'ts' }), (node) => {
    if (node.type !== 'CallExpression') return
    const isNode = node.callee?.name === 'defineNode'
    const out = isNode ? insides : node.callee?.name === 'definePack' ? ofPack : null
    if (out === null) return
    const properties = node.arguments?.[0]?.properties ?? []
    const type = properties.find(({ key }) => key?.name === 'type')?.value?.value
    const schema = isNode && typeof type === 'string' ? schemas?.[type] : undefined
    for (const { key, start, end } of properties) {
      if (out.has(key?.name ?? '') || (schema !== undefined && key?.name === 'keywords')) cuts.push({ start, end, by: '...null' })
      else if (key?.name === 'config' && schema !== undefined)
        cuts.push({ start, end, by: `defaults: ${JSON.stringify(defaultsIn(schema))}` })
    }
  })
  return replaced(code, cuts)
}

/** Settings that a module declares are made in a call that may be left out with its result; parts of them may be, too. */
export function withPureCalls(code: string): string {
  const marks: (Range & { readonly by: string })[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item)
    if (!isNode(value) || /Function/.test(value.type)) return
    if (value.type === 'CallExpression' && value.callee?.object?.name === 'Type') {
      marks.push({ start: value.start, end: value.start, by: '/* @__PURE__ */ (() => ' }, { start: value.end, end: value.end, by: ')()' })
      return
    }
    if (value.type === 'CallExpression') marks.push({ start: value.start, end: value.start, by: '/* @__PURE__ */ ' })
    for (const inner of Object.values(value)) walk(inner)
  }
  walk(parseAst(code, { lang: 'ts' }).body)
  return replaced(code, marks)
}

function replaced(code: string, cuts: readonly (Range & { readonly by: string })[]): string {
  return [...cuts].sort((a, b) => b.start - a.start).reduce((rest, { start, end, by }) => rest.slice(0, start) + by + rest.slice(end), code)
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

interface Property extends Range {
  readonly key?: { readonly name?: string }
  readonly value?: { readonly value?: unknown }
}

/** As much of a syntax tree as is looked at here. */
interface SyntaxNode extends Range {
  readonly type: string
  readonly callee?: { readonly name?: string; readonly object?: { readonly name?: string } }
  readonly arguments?: readonly { readonly properties?: readonly Property[] }[]
}

function visit(value: unknown, see: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see)
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (isNode(value)) see(value)
  for (const inner of Object.values(value)) visit(inner, see)
}
