import { fieldName, type Json, type JsonObject, type Text } from '@sluice/flows'
import type { MessageId, Translate } from '../../app/i18n/index.ts'
import { schemaOf } from '../../inspect/schema/schemas.ts'

const own: Readonly<Record<string, MessageId>> = {
  name: 'diff.field.name',
  description: 'diff.field.description',
  type: 'diff.field.type',
  config: 'diff.field.config',
  retry: 'diff.field.retry',
  timeoutMs: 'diff.field.timeoutMs',
  loopLimit: 'diff.field.loopLimit',
  disabled: 'diff.field.disabled',
  settings: 'diff.field.settings',
  parameters: 'diff.field.parameters',
  text: 'diff.field.text',
  nodes: 'diff.field.nodes',
  key: 'diff.field.key',
}

/** Parts of these that have a name of their own in the settings of a flow or a step. */
const within: Readonly<Record<string, MessageId>> = {
  'name/en': 'diff.field.name.en',
  'name/zh-CN': 'diff.field.name.zh',
  'description/en': 'diff.field.description.en',
  'description/zh-CN': 'diff.field.description.zh',
  'settings/timeout': 'diff.field.settings.timeout',
  'settings/onError': 'diff.field.settings.onError',
  'settings/dedupe': 'diff.field.settings.dedupe',
  'settings/priority': 'diff.field.settings.priority',
  'settings/concurrency': 'diff.field.settings.concurrency',
  'settings/rate': 'diff.field.settings.rate',
  'settings/debounce': 'diff.field.settings.debounce',
}

/** The field a pointer names, in the words of its form: `/config/to/0` → “Recipients › 1”, `/name/en` → “Name in English”. */
export function fieldTitle(path: string, type: string | null, t: Translate, say: (text: Text) => string): string {
  const [area = '', ...rest] = path.slice(1).split('/').map(unescapePart)
  const known = own[area]
  const words = known === undefined ? area : t(known)
  const settings = type === null ? undefined : schemaOf(type)
  const [part, ...deeper] = rest
  const named = within[`${area}/${part}`]
  if (named !== undefined) return [t(named), ...deeper].join(' › ')
  if (area !== 'config' || settings === undefined) return [words, ...rest].join(' › ')
  let schema: JsonObject = object(settings)
  const titles = rest.map((name) => {
    const child = object(object(schema.properties)[name])
    const isItem = /^\d+$/.test(name)
    schema = isItem ? object(schema.items) : child
    return isItem ? String(Number(name) + 1) : say(fieldName(schema, name))
  })
  return titles.length === 0 ? words : titles.join(' › ')
}

const durations = /^\/settings\/(timeout|rate\/per|debounce\/for)$/

/** Whether the field a pointer names is a length of time, which is written for machines and read by people. */
export function isDuration(path: string, type: string | null): boolean {
  if (durations.test(path)) return true
  const [area, name = '', ...deeper] = path.slice(1).split('/').map(unescapePart)
  if (area !== 'config' || deeper.length > 0 || type === null) return false
  return object(object(object(schemaOf(type)).properties)[name])['x-ui'] === 'duration'
}

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

function object(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {}
}
