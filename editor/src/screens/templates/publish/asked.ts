import {
  checkSchema,
  type FlowDefinition,
  fieldName,
  type Json,
  type JsonObject,
  lostPlaces,
  parameterPlaces,
  pointer,
  type Schema,
  type Text,
} from '@sluice/flows'
import { type Catalogue, nameOf } from '../../../doc/index.ts'
import { schemaOf } from '../../../inspect/schema/schemas.ts'

/** A text that is written in both languages. */
export interface Both {
  readonly en: string
  readonly 'zh-CN': string
}

/** A setting of a step that a template may ask for. */
export interface Setting {
  /** `/nodes/<step>/config/<field>` */
  readonly place: string
  readonly step: Text
  readonly title: Text
  readonly help: Text | null
  readonly value: Json
  readonly schema: JsonObject
}

/** One question of a template: its words, where the answer goes, and what fits. */
export interface Asked {
  readonly name: string
  readonly places: readonly string[]
  readonly title: Both
  readonly help: Both
  /** No answer is suggested: whoever installs must give one. */
  readonly isRequired: boolean
  readonly schema: JsonObject
}

/** What of a step's own form still makes sense outside of it. */
const kept = ['type', 'enum', 'x-options', 'minLength', 'maxLength', 'minimum', 'maximum', 'pattern', 'items', 'format'] as const

export function bothOf(text: Text | null | undefined): Both {
  if (text === null || text === undefined) return { en: '', 'zh-CN': '' }
  return typeof text === 'string' ? { en: text, 'zh-CN': text } : { en: text.en, 'zh-CN': text['zh-CN'] }
}

/** The settings that are filled in, step by step: only these have a place where an answer can go. */
export function settingsOf(flow: FlowDefinition, catalogue: Catalogue): readonly Setting[] {
  return flow.nodes.flatMap((node) => {
    const form = object(object(schemaOf(node.type)).properties)
    return Object.entries((node.config ?? {}) as JsonObject).map(([name, value]): Setting => {
      const field = object(form[name])
      const place = [node.id, 'config', name].reduce(pointer, '/nodes')
      return {
        place,
        step: nameOf(node, catalogue),
        title: fieldName(field as Schema, name),
        help: text(field['x-help']) ?? text(field.description),
        value,
        schema: schemaFor(field, value),
      }
    })
  })
}

/** What the form of the step says about the value; when the value is more than that, as a formula in a number field, only its kind. */
function schemaFor(field: JsonObject, value: Json): JsonObject {
  const schema = Object.fromEntries(kept.flatMap((name) => (field[name] === undefined ? [] : [[name, field[name]]]))) as JsonObject
  const fits = schema.type !== undefined || schema.enum !== undefined
  return fits && checkSchema(schema as Schema, value).length === 0 ? schema : { type: kindOf(value) }
}

function kindOf(value: Json): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** The questions of a template that was published before, without the places that the flow has lost since. */
export function askedOf(
  flow: FlowDefinition,
  parameters: FlowDefinition['parameters'],
): { readonly asked: readonly Asked[]; readonly lost: readonly string[] } {
  const lost = lostPlaces({ ...flow, ...(parameters === undefined ? {} : { parameters }) })
  const required = parameters?.required
  const asked = Object.entries(object(parameters?.properties)).flatMap(([name, each]): readonly Asked[] => {
    const { [parameterPlaces]: at, 'x-title': title, 'x-help': help, title: plain, description, default: _, ...schema } = object(each)
    const places = (Array.isArray(at) ? at.map(String) : []).filter((place) => !lost.includes(place))
    if (places.length === 0) return []
    const isRequired = Array.isArray(required) && required.includes(name)
    return [
      {
        name,
        places,
        title: bothOf(text(title) ?? text(plain) ?? name),
        help: bothOf(text(help) ?? text(description)),
        isRequired,
        schema: schema as JsonObject,
      },
    ]
  })
  return { asked, lost }
}

/** Asks for a setting, or no longer does. A question that loses its last place goes. */
export function toggled(asked: readonly Asked[], setting: Setting): readonly Asked[] {
  const holds = ({ places }: Asked) => places.includes(setting.place)
  if (asked.some(holds))
    return asked
      .map((each) => (holds(each) ? { ...each, places: each.places.filter((place) => place !== setting.place) } : each))
      .filter(({ places }) => places.length > 0)
  const title = bothOf(setting.title)
  return [
    ...asked,
    {
      name: freeName(setting.place, asked),
      places: [setting.place],
      title,
      help: bothOf(setting.help),
      isRequired: false,
      schema: setting.schema,
    },
  ]
}

function freeName(place: string, asked: readonly Asked[]): string {
  const base = place
    .replace('/nodes/', '')
    .replace('/config/', '-')
    .replace(/[^\w-]+/g, '-')
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`
    if (!asked.some((each) => each.name === name)) return name
  }
}

/** The questions as the flow file holds them; what the flow says now is suggested where an answer is not required. */
export function parametersOf(asked: readonly Asked[], settings: readonly Setting[]): FlowDefinition['parameters'] {
  if (asked.length === 0) return undefined
  const properties = Object.fromEntries(
    asked.map(({ name, places, title, help, isRequired, schema }) => {
      const value = settings.find(({ place }) => places.includes(place))?.value
      return [
        name,
        {
          ...schema,
          title: title.en.trim(),
          'x-title': trimmed(title),
          ...(isWritten(help) ? { 'x-help': trimmed(help) } : {}),
          ...(isRequired || value === undefined ? {} : { default: value }),
          [parameterPlaces]: places,
        },
      ]
    }),
  )
  const required = asked.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) }
}

export function trimmed(words: Both): Both {
  return { en: words.en.trim(), 'zh-CN': words['zh-CN'].trim() }
}

export function isWritten(words: Both): boolean {
  return words.en.trim() !== '' && words['zh-CN'].trim() !== ''
}

/** Written in one language only. */
export function isHalf(words: Both): boolean {
  return (words.en.trim() === '') !== (words['zh-CN'].trim() === '')
}

function object(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

function text(value: unknown): Text | null {
  if (typeof value === 'string') return value
  const { en, 'zh-CN': zh } = object(value)
  return typeof en === 'string' && typeof zh === 'string' ? { en, 'zh-CN': zh } : null
}
