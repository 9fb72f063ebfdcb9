import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languageOf } from '../http/language.ts'

/** One address of the editor with the files its screen is made of; the editor's build writes them (`editor/tools/page-files.ts`). */
interface PageFiles {
  readonly path: string
  readonly files: readonly string[]
  readonly texts: Readonly<Record<string, readonly string[]>>
}

/** Gives the page for an address, in the language a browser asks for; null: no screen of the list is there. */
export type PageFor = (path: string, acceptLanguage: string | undefined) => string | null

export interface EditorPages {
  /** Knows nothing of its address. */
  readonly plain: string
  readonly withFiles: PageFor
}

/**
 * A browser learns which files a screen needs only after the first scripts have run. Named in the page they come at once, beside
 * those scripts, and the frame of the editor stands until they are there. A build without the list has only the plain page.
 */
export function editorPages(editor: string): EditorPages {
  const plain = readFileSync(join(editor, 'index.html'), 'utf8')
  const list = join(editor, 'page-files.json')
  if (!existsSync(list)) return { plain, withFiles: () => null }
  const pages = (JSON.parse(readFileSync(list, 'utf8')) as readonly PageFiles[]).map((page) => ({
    matches: new RegExp(`^${page.path.replaceAll(/[.*+?^()|[\]\\]/g, '\\$&').replaceAll(/\$\w+/g, '[^/]+')}/?$`),
    in: new Map(Object.entries(page.texts).map(([language, texts]) => [language, withLinks(plain, [...page.files, ...texts])])),
  }))
  return {
    plain,
    withFiles: (path, acceptLanguage) => pages.find(({ matches }) => matches.test(path))?.in.get(languageOf(acceptLanguage)) ?? null,
  }
}

function withLinks(page: string, files: readonly string[]): string {
  const links = files.map((file) =>
    file.endsWith('.css')
      ? `<link rel="stylesheet" crossorigin href="/${file}">`
      : `<link rel="modulepreload" crossorigin href="/${file}">`,
  )
  return page.replace('</head>', () => `${links.join('')}</head>`).replace('class="later"', 'class="first-frame"')
}

/** A block of data is never run, so the content policy has nothing against it. */
export function withAnswers(page: string, answers: string): string {
  return page
    .replace('</head>', '<meta name="sluice-answers" content="below"></head>')
    .replace('</body>', () => `<script type="application/json" id="first-answers">${answers}</script></body>`)
}
