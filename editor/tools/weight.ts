import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Rolldown } from 'vite'
import { build } from 'vite'
import { noteBuilt } from '../../server/tools/build-when-changed.mjs'

/** EDITOR.md §13, first row. What draws a flow may weigh more than what lists things. */
export const budgetBytes = { drawing: 300_000, other: 240_000 } as const

export interface Part {
  readonly file: string
  readonly bytes: number
}

export interface Weight {
  readonly screen: string
  readonly budget: number
  /** JavaScript and CSS, gzip, that a first visit loads before the screen can be used. */
  readonly bytes: number
  /** The heaviest first. */
  readonly parts: readonly Part[]
}

type Output = Rolldown.OutputChunk | Rolldown.OutputAsset

/** Parts that load by themselves and stand on the screen at once, without anybody's wish: they weigh as the screen does. */
const atRest: Readonly<Record<string, readonly string[]>> = { RunReplayScreen: ['Views', 'StepDetail', 'RunActions'] }
const drawing: ReadonlySet<string> = new Set(['CanvasScreen', 'RunReplayScreen', 'FlowDiffScreen'])
const screenFile = /\/src\/screens\/.*\/(\w+Screen|[\w-]+\.lazy)\.tsx$/
const text = /\/locales\/en\/\w+\.ts$/

/** Builds the editor as `npm start` does, and writes it: the browser tests that follow find it done. */
export async function buildOutput(): Promise<readonly Output[]> {
  const mode = process.env.NODE_ENV
  // The test runner sets another mode; what is weighed is what users get.
  process.env.NODE_ENV = 'production'
  try {
    const root = join(import.meta.dirname, '..')
    const result = await noteBuilt('editor', () => build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error' }))
    const [first] = Array.isArray(result) ? result : [result]
    if (first === undefined || !('output' in first)) throw new Error('The build gave no output')
    return first.output
  } finally {
    process.env.NODE_ENV = mode
  }
}

/** What each screen loads on a first visit: its own chunk, the entry, all they import, and their words in English. */
export function weigh(output: readonly Output[]): readonly Weight[] {
  const chunks = new Map(output.flatMap((each) => (each.type === 'chunk' ? [[each.fileName, each] as const] : [])))
  const files = new Map(output.map((each) => [each.fileName, each]))
  const entry = [...chunks.values()].filter((chunk) => chunk.isEntry && chunk.fileName !== 'sw.js')
  const texts = [...chunks.values()].filter((chunk) => text.test(chunk.facadeModuleId ?? ''))
  return [...chunks.values()].flatMap((chunk) => {
    const screen = screenFile.exec(chunk.facadeModuleId ?? '')?.[1]
    if (screen === undefined) return []
    const words = texts.filter((each) => wordsOf(screen).has(basename(each.facadeModuleId ?? '', '.ts')))
    const parts = (atRest[screen] ?? []).map((name) => {
      const part = [...chunks.values()].find((each) => each.facadeModuleId?.endsWith(`/${name}.tsx`))
      if (part === undefined) throw new Error(`${screen} has no part ${name}`)
      return part
    })
    const scripts = closure([...entry, chunk, ...parts, ...words], chunks)
    const styles = new Set([...scripts].flatMap((script) => [...(script.viteMetadata?.importedCss ?? [])]))
    const weighed = [...[...scripts].map((script) => script.fileName), ...styles]
      .map((file) => ({ file: basename(file), bytes: gzipSync(bodyOf(files.get(file))).length }))
      .sort((a, b) => b.bytes - a.bytes)
    const bytes = weighed.reduce((sum, part) => sum + part.bytes, 0)
    return [{ screen, bytes, parts: weighed, budget: drawing.has(screen) ? budgetBytes.drawing : budgetBytes.other }]
  })
}

const router = readFileSync(new URL('../src/app/router.tsx', import.meta.url), 'utf8')
/** Where the router loads a screen: its name, and the parts of the texts it waits for if they are not the usual ones. */
const route = /import\('[^']*\/(\w+Screen)\.tsx'\)\)\.\w+,(?:(?:(?!createRoute)[^[])*\[([^\]]*)\],\s*\))?/g
const wordsByScreen = new Map([...router.matchAll(route)].map(([, screen, parts]) => [screen, parts?.match(/\w+/g) ?? ['screens']]))

/** Which parts of the texts a screen waits for (`app/router.tsx`). */
function wordsOf(screen: string): ReadonlySet<string> {
  return new Set(['app', ...(screen.endsWith('.lazy') ? [] : (wordsByScreen.get(screen) ?? ['screens']))])
}

function closure(
  from: readonly Rolldown.OutputChunk[],
  chunks: ReadonlyMap<string, Rolldown.OutputChunk>,
): ReadonlySet<Rolldown.OutputChunk> {
  const seen = new Set(from)
  for (const chunk of seen) {
    for (const name of chunk.imports) {
      const imported = chunks.get(name)
      if (imported !== undefined) seen.add(imported)
    }
  }
  return seen
}

function bodyOf(file: Output | undefined): string | Uint8Array {
  if (file === undefined) return ''
  return file.type === 'chunk' ? file.code : file.source
}

/** One line for people: the value, the budget, and what weighs most. */
export function describeWeight({ screen, bytes, budget, parts }: Weight): string {
  const kB = (value: number) => `${(value / 1_000).toFixed(1)} kB`
  const heaviest = parts.slice(0, 6).map((part) => `${part.file} ${kB(part.bytes)}`)
  return `${bytes > budget ? '✗' : '✓'} ${screen}: ${kB(bytes)} of ${kB(budget)} gzip — ${heaviest.join(', ')}`
}
