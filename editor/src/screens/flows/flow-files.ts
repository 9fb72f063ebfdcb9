import type { FlowDefinition, Text } from '@sluice/flows'
import { createFlow, isProblem, readFlow } from '../../app/api/index.ts'
import type { DataLanguage } from '../../app/i18n/index.ts'
import { inLetters, type SyllablesOf } from '../../app/pinyin/spell.ts'

/** Its type is the one value that the package's schema allows; the schema itself need not travel with this screen. */
const flowFormat: FlowDefinition['format'] = 'sluice/flow@1'
const keyCharsMax = 64
/** Names tried before giving up. */
const takenMax = 1_000

/** A key that is free: the wished one, else with `-2`, `-3` … behind it. @example `freeKey('a', ['a']) // 'a-2'` */
export function freeKey(wish: string, taken: readonly string[]): string {
  const key = wish === '' ? 'flow' : wish.slice(0, keyCharsMax)
  if (!taken.includes(key)) return key
  for (let number = 2; ; number += 1) {
    const next = `${key.slice(0, keyCharsMax - 5)}-${number}`
    if (!taken.includes(next)) return next
  }
}

/**
 * Letters and digits of a name as a key, its Chinese in pinyin; empty when there is nothing of either.
 * @example `keyOf('Price too high!') // 'price-too-high'`
 */
export function keyOf(name: string, syllablesOf: SyllablesOf | null = null): string {
  return (syllablesOf === null ? name : inLetters(name, syllablesOf))
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, keyCharsMax)
    .replace(/-+$/, '')
}

export function isKey(text: string): boolean {
  return /^[a-z0-9-]{1,64}$/.test(text)
}

export function blankFlow(key: string, name: Text): FlowDefinition {
  return { format: flowFormat, key, name, nodes: [], edges: [] }
}

export type Imported =
  | { readonly flow: FlowDefinition }
  | { readonly problem: 'not-json' | 'not-a-flow' | 'newer'; readonly detail: string }

/** Reads a chosen file far enough to name it; the server checks the rest before anything is stored. */
export function readFlowFile(text: string): Imported {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    return { problem: 'not-json', detail: error instanceof Error ? error.message : '' }
  }
  const flow = content as Partial<FlowDefinition> | null
  if (typeof flow !== 'object' || flow === null || typeof flow.format !== 'string' || !flow.format.startsWith('sluice/flow@')) {
    return { problem: 'not-a-flow', detail: '' }
  }
  if (flow.format !== flowFormat) return { problem: 'newer', detail: flow.format }
  if (typeof flow.key !== 'string' || !Array.isArray(flow.nodes) || !Array.isArray(flow.edges)) return { problem: 'not-a-flow', detail: '' }
  return { flow: flow as FlowDefinition }
}

/** A name in two languages says in each of them that this is the copy, whichever the reader has on screen. */
function copyOf(name: string, language: DataLanguage): string {
  return language === 'en' ? `${name} (copy)` : `${name}（副本）`
}

export async function duplicateFlow(key: string, taken: readonly string[], language: DataLanguage): Promise<FlowDefinition> {
  const flow = await readFlow(key)
  const name: Text =
    typeof flow.name === 'string'
      ? copyOf(flow.name, language)
      : { en: copyOf(flow.name.en, 'en'), 'zh-CN': copyOf(flow.name['zh-CN'], 'zh-CN') }
  const wish = freeKey(key, taken)
  try {
    return await createFlow({ ...flow, key: wish, name })
  } catch (problem) {
    // Of thousands of flows the page knows some: the next name, then.
    if (!isProblem(problem, 412) || taken.length >= takenMax) throw problem
    return duplicateFlow(key, [...taken, wish], language)
  }
}

/** Hands the browser a file to keep. */
export function saveFile(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1_000)
}

export async function exportFlow(key: string): Promise<void> {
  saveFile(`${key}.flow.json`, 'application/json', `${JSON.stringify(await readFlow(key), null, 2)}\n`)
}
