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

/** The field a pointer names, in the words of its form: `/config/to/0` → “Recipients › 1”. */
export function fieldTitle(path: string, type: string | null, t: Translate, say: (text: Text) => string): string {
  const [area = '', ...rest] = path.slice(1).split('/').map(unescapePart)
  const known = own[area]
  const words = known === undefined ? area : t(known)
  const settings = type === null ? undefined : schemaOf(type)
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

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

function object(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {}
}
