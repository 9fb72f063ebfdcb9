import type { JsonObject, Text } from '@sluice/flows'
import { api, type Page, peopleQuery, queryClient, repsQuery, sessionQuery } from '../app/api/index.ts'
import { sayAnew } from '../app/i18n/index.ts'
import { conditionWords } from '../inspect/rules/condition-words.ts'
import { pathWords } from '../inspect/rules/sentence.ts'
import { cronWords } from './cron-words.ts'

type Language = 'en' | 'zh-CN'

/** The settings of a step that must be read or looked up to be said in words. Fetched with the first card that has some. */
export function moreWords(of: string, config: JsonObject, language: Language, fieldWord: (name: string) => string): JsonObject {
  const said: { [name: string]: JsonObject[string] } = {}
  for (const [name, value] of Object.entries(config)) if (typeof value === 'string') said[name] = personName(value)
  const { when, cron, flow, fields, items, key, value } = config
  if (of === 'core.branch' && typeof when === 'string') said.when = conditionWords(when, language) ?? when
  if (of === 'core.schedule' && typeof cron === 'string') said.cron = cronWords(cron, language) ?? cron
  if (of === 'core.for-each' && typeof items === 'string') said.items = dataName(items, language)
  if (of === 'core.lock' && typeof key === 'string') said.key = dataName(key, language)
  if (of === 'core.transform' && value !== undefined) said.value = madeOf(value, language)
  if (of === 'core.call' && typeof flow === 'string') said.flow = flowName(flow, language)
  if (of === 'crm.update-customer' && typeof fields === 'object' && fields !== null)
    said.fields = Object.fromEntries(Object.entries(fields).map(([name, value]) => [fieldWord(name), value]))
  return said
}

const path = /^\s*\{%\s*([A-Za-z_][\w]*(?:\.[A-Za-z_][\w]*)*)\s*%\}\s*$/

/** Picked data by its name; any other expression as it is written. */
function dataName(text: string, language: Language): string {
  const [, found] = path.exec(text) ?? []
  if (found === 'event.subject') return { en: 'the customer', 'zh-CN': '客户' }[language]
  return found === undefined ? text : pathWords(found)
}

/** What is put together goes by the names of its parts. */
function madeOf(value: JsonObject[string], language: Language): JsonObject[string] {
  if (typeof value === 'string') {
    const names = partsOf(/^\s*\{%\s*(\{[\s\S]*\})\s*%\}\s*$/.exec(value)?.[1] ?? '')
    return names.length === 0 ? dataName(value, language) : names.join(', ')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.keys(value).join(', ') || value
}

/** Names in quotes before a colon, not those of objects inside. */
function partsOf(source: string): readonly string[] {
  const names: string[] = []
  let depth = 0
  for (const [sign, name, colon] of source.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]()]/g)) {
    if ('{[('.includes(sign)) depth += 1
    else if ('}])'.includes(sign)) depth -= 1
    else if (depth === 1 && colon !== undefined && name !== undefined) names.push(name)
  }
  return names
}

interface Named {
  readonly id: string
  readonly name: string
}

/** `rep:r-1` as the name of the rep; anything else as it is. */
function personName(text: string): string {
  const [, kind, id] = /^(rep|user):(.+)$/.exec(text) ?? []
  if (id === undefined) return text
  const people: Page<Named> | undefined = kind === 'rep' ? lookUp(repsQuery, 'customers.read') : lookUp(peopleQuery, 'tasks.read')
  return people?.items.find((each) => each.id === id)?.name ?? text
}

function flowName(key: string, language: Language): string {
  if (!/^[a-z0-9-]{1,64}$/.test(key)) return key
  const flows: Page<{ readonly key: string; readonly name: Text }> | undefined = lookUp(
    {
      queryKey: ['flows', 'named', key],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => api.get('/flow-names', { keys: key }, signal),
      staleTime: 60_000,
    },
    'flows.read',
  )
  const named = flows?.items.find((flow) => flow.key === key)?.name
  return (typeof named === 'object' ? named[language] : named) || key
}

const asked = new Set<string>()

/** What is known by now; what is not is asked for once, where this person may, and the cards are said anew. */
function lookUp<Answer>(
  query: { readonly queryKey: readonly unknown[]; readonly queryFn?: unknown; readonly staleTime?: unknown },
  permission: string,
): Answer | undefined {
  const { queryKey } = query
  const known = queryClient.getQueryData<Answer>(queryKey)
  const key = JSON.stringify(queryKey)
  if (known !== undefined || asked.has(key)) return known
  if (queryClient.getQueryData(sessionQuery.queryKey)?.user.permissions.includes(permission) !== true) return undefined
  asked.add(key)
  void queryClient.fetchQuery(query as Parameters<typeof queryClient.fetchQuery>[0]).then(sayAnew, () => undefined)
  return undefined
}
