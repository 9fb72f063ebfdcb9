import { readFileSync } from 'node:fs'
import type { Plugin, Rolldown } from 'vite'

type Bundle = Rolldown.OutputBundle
type Chunk = Rolldown.OutputChunk

/** The file in `dist` that tells the server which files each address is made of. */
export const pageFilesName = 'page-files.json'

/** One address of the editor, as the router writes it. */
export interface PageFiles {
  readonly path: string
  /** Scripts, then style sheets, that its screen needs besides what every page begins with. */
  readonly files: readonly string[]
  /** Its words, by language. */
  readonly texts: Readonly<Record<string, readonly string[]>>
}

const languages = ['en', 'zh-CN'] as const
const router = new URL('../src/app/router.tsx', import.meta.url)

/**
 * A screen is asked for only when the scripts before it have run: on a slow line that is one wait after the other. The server names the
 * files of an address in the page itself, and the browser fetches all at once.
 */
export function pageFiles(): Plugin {
  return {
    name: 'page-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      const source = JSON.stringify(pagesOf(readFileSync(router, 'utf8'), bundle))
      this.emitFile({ type: 'asset', fileName: pageFilesName, source })
    },
  }
}

export function pagesOf(routes: string, bundle: Bundle): readonly PageFiles[] {
  const chunks = Object.values(bundle).flatMap((each) => (each.type === 'chunk' ? [each] : []))
  const chunkOf = (end: string): Chunk => {
    const found = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(end) === true)
    if (found === undefined) throw new Error(`${end} has no chunk of its own`)
    return found
  }
  const first = closure(chunks.filter(isPage), bundle)
  return screensOf(routes).map(({ path, screen, texts }) => {
    // The largest first: small ones find room beside them.
    const own = chunkOf(`${screen}.tsx`)
    const scripts = closure([own], bundle)
      .filter((chunk) => !first.includes(chunk))
      .sort((a, b) => b.code.length - a.code.length)
    const basic = new Set(first.flatMap(stylesOf))
    const styles = stylesInTurn(own, bundle).filter((file) => !basic.has(file))
    return {
      path,
      files: [...scripts.map(({ fileName }) => fileName), ...styles],
      texts: Object.fromEntries(
        languages.map((language) => [
          language,
          ['app', ...texts].map((part) => chunkOf(`/locales/${language}/${fileOf(part)}.ts`).fileName),
        ]),
      ),
    }
  })
}

const isPage = (chunk: Chunk): boolean => chunk.isEntry && chunk.fileName !== 'sw.js'

/** `templateWizard` is in `template-wizard.ts`. */
const fileOf = (part: string): string => part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

interface ScreenRoute {
  readonly path: string
  readonly screen: string
  readonly texts: readonly string[]
}

/** The screens of `router.tsx`: what each address loads, and the texts it waits for if they are not the usual ones. */
function screensOf(routes: string): readonly ScreenRoute[] {
  const guards = new Map<string, string>()
  for (const [, name = '', body = ''] of routes.matchAll(/const (\w+) = guarded\(([\s\S]*?)\n\)\n/g)) guards.set(name, body)
  return routes.split('createRoute({').flatMap((block) => {
    const path = /path: '(\/[^']+)'/.exec(block)?.[1]
    const named = guards.get(/component: (\w+)/.exec(block)?.[1] ?? '')
    const guard = named ?? /component: guarded\(([\s\S]*)/.exec(block)?.[1]?.split('\nconst ')[0]
    const screen = /import\('\.\.(\/screens\/[^']*\/\w+Screen)\.tsx'\)/.exec(guard ?? '')?.[1]
    if (path === undefined || guard === undefined || screen === undefined) return []
    const texts = /\[((?:\s*'\w+',?)+)\s*\]/.exec(guard)?.[1]?.match(/\w+/g) ?? ['screens']
    return [{ path, screen, texts }]
  })
}

function closure(from: readonly Chunk[], bundle: Bundle): readonly Chunk[] {
  const seen = new Set(from)
  for (const chunk of seen) {
    for (const name of chunk.imports) {
      const next = bundle[name]
      if (next?.type === 'chunk') seen.add(next)
    }
  }
  return [...seen]
}

/** As the loader would put them in: what a part builds on comes before it, so that its own rules win. */
function stylesInTurn(from: Chunk, bundle: Bundle, seen = new Set<Chunk>()): readonly string[] {
  if (seen.has(from)) return []
  seen.add(from)
  const before = from.imports.flatMap((name) => {
    const next = bundle[name]
    return next?.type === 'chunk' ? stylesInTurn(next, bundle, seen) : []
  })
  return [...new Set([...before, ...stylesOf(from)])]
}

function stylesOf(chunk: Chunk): readonly string[] {
  const { viteMetadata } = chunk as Chunk & { readonly viteMetadata?: { readonly importedCss?: ReadonlySet<string> } }
  return [...(viteMetadata?.importedCss ?? [])]
}
