import type { MessageId, Translate } from '../app/i18n/index.ts'
import type { Catalogue, FlowDocument, Loss } from '../doc/index.ts'
import { nameOf } from '../doc/index.ts'

type Say = (text: string | { readonly en: string; readonly 'zh-CN': string }) => string
type Place = Exclude<Loss, { readonly kind: 'removed' }>['place']

/** The property of a place in words: “Text of Alert rep”. */
export function whatOf(place: Place, doc: FlowDocument, catalogue: Catalogue, say: Say, t: Translate): string {
  if (place.in === 'head') return t('together.what.flow')
  if (place.in === 'notes') return t('together.what.note')
  const step = stepName(place, doc, catalogue, say)
  const [first, second] = place.path
  if (first === undefined) return t('together.what.whole', { step })
  if (first === 'name') return t('together.what.name', { step })
  if (first === 'at' || first === 'size') return t('together.what.place', { step })
  if (place.in === 'groups' && first === 'nodes') return t('together.what.members', { step })
  const field = first === 'config' && second !== undefined ? fieldName(place.id, String(second), doc, catalogue, say) : String(first)
  return t('together.what.field' satisfies MessageId, { field, step })
}

export function stepName(place: Pick<Place, 'in' | 'id'>, doc: FlowDocument, catalogue: Catalogue, say: Say): string {
  const step = place.in === 'nodes' ? doc.nodes.get(place.id) : undefined
  if (step !== undefined) return say(nameOf(step, catalogue))
  const name = place.in === 'groups' ? doc.groups.get(place.id)?.name : undefined
  return name === undefined ? place.id : say(name)
}

function fieldName(id: string, field: string, doc: FlowDocument, catalogue: Catalogue, say: Say): string {
  const type = doc.nodes.get(id)?.type
  const schema =
    type === undefined
      ? undefined
      : (catalogue.find(type)?.config as { readonly properties?: Readonly<Record<string, Titled>> } | undefined)
  const { 'x-title': words, title } = schema?.properties?.[field] ?? {}
  return words !== undefined ? say(words) : (title ?? field)
}

interface Titled {
  readonly title?: string
  readonly 'x-title'?: string | { readonly en: string; readonly 'zh-CN': string }
}

const shownMax = 240

/** A value as one reads it, cut where it gets long. */
export function valueWords(value: unknown, t: Translate, say: Say): string {
  const text =
    value === undefined || value === ''
      ? t('together.told.nothing')
      : typeof value === 'string'
        ? value
        : isText(value)
          ? say(value)
          : JSON.stringify(value)
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text
}

function isText(value: unknown): value is { readonly en: string; readonly 'zh-CN': string } {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 2 && 'en' in value && 'zh-CN' in value
}
