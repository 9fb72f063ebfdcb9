import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pinyin } from 'pinyin-pro'
import { type Plugin, parseAst } from 'vite'

const source = /\/editor\/src\/canvas\/palette\/pinyin\.ts$/
const nodesFolder = fileURLToPath(new URL('../../nodes/', import.meta.url))
const searched: ReadonlySet<string> = new Set(['label', 'keywords'])
const hanLetter = /\p{Script=Han}/u

/**
 * The palette finds steps by pinyin. The dictionary that knows all of Chinese weighs 142 kB; the names and keywords of our steps are known
 * when the editor is built, so their syllables are written down then, in 3 kB. From source, and in tests, the dictionary itself is used.
 */
export function pinyinTable(): Plugin {
  return {
    name: 'pinyin-table',
    apply: 'build',
    load: {
      filter: { id: source },
      handler: () => tableModule(tableOf(searchedWords())),
    },
  }
}

/** What the page gets in place of `palette/pinyin.ts`. */
export function tableModule(table: ReadonlyMap<string, string>): string {
  return [
    `const table = ${JSON.stringify(Object.fromEntries(table))}`,
    'export const toPinyin = (text) => {',
    "  const syllables = (table[text] ?? '').split(' ').filter(Boolean)",
    "  return { full: syllables.join(''), initials: syllables.map((syllable) => syllable[0]).join('') }",
    '}',
  ].join('\n')
}

/** Every Chinese name and keyword of a step type, read off the declarations. */
export function searchedWords(): ReadonlySet<string> {
  const words = new Set<string>()
  for (const file of declarations()) {
    visit(parseAst(readFileSync(file, 'utf8'), { lang: 'ts' }), null, words)
  }
  return words
}

function declarations(): readonly string[] {
  return readdirSync(nodesFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^[a-z-]+\/nodes\/[a-z-]+\.ts$/.test(file.replaceAll('\\', '/')))
    .map((file) => nodesFolder + file)
}

/** Each word with its syllables, as the search would make them (`palette/pinyin.ts`). */
export function tableOf(words: Iterable<string>): ReadonlyMap<string, string> {
  return new Map(
    [...words].map((word) => {
      const syllables = pinyin(word, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
      return [word, syllables.map((each) => each.toLowerCase().replace(/[^a-z0-9]/g, '')).join(' ')]
    }),
  )
}

/** Collects the Chinese texts that stand under a property of interest. */
function visit(value: unknown, property: string | null, words: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, property, words)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const node = value as { readonly type?: string; readonly key?: { readonly name?: string }; readonly value?: unknown }
  if (node.type === 'Literal' && typeof node.value === 'string') {
    if (property !== null && hanLetter.test(node.value)) words.add(node.value)
    return
  }
  const name = node.type === 'Property' ? (node.key?.name ?? '') : ''
  const under = searched.has(name) ? name : property
  for (const inner of Object.values(value)) visit(inner, under, words)
}
