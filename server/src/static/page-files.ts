import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languageOf } from '../http/language.ts'

/** One address of the editor with the files its screen is made of; the editor's build writes them (`editor/tools/page-files.ts`). */
interface PageFiles {
  readonly path: string
  readonly files: readonly string[]
  readonly texts: Readonly<Record<string, readonly string[]>>
}

/** Gives the page for an address, in the language a browser asks for. */
export type PageFor = (path: string, acceptLanguage: string | undefined) => string

/**
 * A browser learns which files a screen needs only after the first scripts have run. Named in the page they come at once, beside
 * those scripts. A build without the list gives the page as it is.
 */
export function pagesWithFiles(editor: string): PageFor {
  const plain = readFileSync(join(editor, 'index.html'), 'utf8')
  const list = join(editor, 'page-files.json')
  if (!existsSync(list)) return () => plain
  const pages = (JSON.parse(readFileSync(list, 'utf8')) as readonly PageFiles[]).map((page) => ({
    matches: new RegExp(`^${page.path.replaceAll(/[.*+?^()|[\]\\]/g, '\\$&').replaceAll(/\$\w+/g, '[^/]+')}/?$`),
    in: new Map(Object.entries(page.texts).map(([language, texts]) => [language, withLinks(plain, [...page.files, ...texts])])),
  }))
  return (path, acceptLanguage) => pages.find(({ matches }) => matches.test(path))?.in.get(languageOf(acceptLanguage)) ?? plain
}

function withLinks(page: string, files: readonly string[]): string {
  const links = files.map((file) =>
    file.endsWith('.css')
      ? `<link rel="preload" as="style" crossorigin href="/${file}">`
      : `<link rel="modulepreload" crossorigin href="/${file}">`,
  )
  return page.replace('</head>', () => `${links.join('')}</head>`)
}
