import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { diff as diffEn } from '../../src/app/locales/en/diff.ts'
import { en } from '../../src/app/locales/en/index.ts'
import { diff as diffZh } from '../../src/app/locales/zh-CN/diff.ts'
import { zh as zhCatalogue } from '../../src/app/locales/zh-CN/index.ts'
import { formsOf, type Pattern, patternOfTemplate } from './pattern.ts'

/** One form of an English text and the forms of the same text in Chinese. */
export interface Pair {
  readonly en: Pattern
  readonly zh: readonly Pattern[]
}

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
/** Where texts stand in both languages beside each other: names of steps, ports and fields, errors, templates, the demo. */
const places = ['engine/src', 'nodes', 'flows/src', 'flows/templates', 'server/src', 'editor/src']

/** Every text of the product in both languages: the editor's catalogues by id, everything else as its source has it. */
export function allPairs(): readonly Pair[] {
  const catalogue = new Map<string, string>(Object.entries({ ...zhCatalogue, ...diffZh }))
  const editor = Object.entries({ ...en, ...diffEn }).flatMap(([id, text]) => {
    const zh = catalogue.get(id)
    return zh === undefined ? [] : formsOf(text).map((form) => ({ en: form, zh: formsOf(zh) }))
  })
  return [...editor, ...places.flatMap((place) => filesIn(join(root, place))).flatMap(pairsIn)]
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist', 'locales'].includes(entry.name) ? [] : filesIn(path)
    return /\.(tsx?|json)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : []
  })
}

const literal = String.raw`('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|${'`'}(?:[^${'`'}\\]|\\.)*${'`'})`
const beside = new RegExp(String.raw`(?:\ben|"en"):\s*${literal},\s*(?:'zh-CN'|"zh-CN"|zh):\s*${literal}`, 'g')

/** `label('Name', '名称')`, and what is chosen by language: two texts in a row, the second of them Chinese. */
const following = new RegExp(String.raw`${literal}\s*[,:]\s*(?:\(\w*\) => )?(?=.[^'"${'`'}]*\p{Script=Han})${literal}`, 'gu')

function pairsIn(file: string): readonly Pair[] {
  const text = readFileSync(file, 'utf8')
  return [
    ...text.matchAll(beside),
    ...[...text.matchAll(following)].filter(([, english = '', chinese = '']) => !isHan(english) && isHan(chinese)),
  ].map(([, english = '', chinese = '']) => ({ en: patternOfTemplate(unquoted(english)), zh: [patternOfTemplate(unquoted(chinese))] }))
}

function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text)
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
}
