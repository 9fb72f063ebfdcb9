import type { FlowDefinition } from '../definition.ts'
import type { Json, JsonObject } from '../json.ts'
import { pointerKeys } from '../pointer.ts'
import { checkSchema } from '../schema/check-schema.ts'
import { withDefaults } from '../schema/defaults.ts'
import type { Schema } from '../schema/parts.ts'
import type { SchemaProblem } from '../schema/problem.ts'

/**
 * Where the value of a parameter goes: pointers into the flow with steps by their id, `/nodes/legal/config/due`. Only places that are
 * there are filled, so a template can never add what its author did not draw.
 */
export const parameterPlaces = 'x-at'

export type FilledTemplate =
  | { readonly ok: true; readonly flow: FlowDefinition; readonly values: JsonObject }
  | { readonly ok: false; readonly problems: readonly SchemaProblem[] }

/** What a template asks for, as a closed object schema; without parameters it asks for nothing. */
export function parameterSchema({ parameters = {} }: FlowDefinition): Schema {
  return { type: 'object', ...parameters, additionalProperties: false } as Schema
}

/** The flow with the answers in their places. The copy asks for nothing any more. */
export function fillTemplate(template: FlowDefinition, given: JsonObject): FilledTemplate {
  const schema = parameterSchema(template)
  const problems = checkSchema(schema, given, { defaultsFill: true })
  if (problems.length > 0) return { ok: false, problems }
  const values = withDefaults(schema, given)
  const { parameters: _asked, ...rest } = template
  const flow = JSON.parse(JSON.stringify(rest)) as FlowDefinition
  for (const [name, places] of placesOf(template)) {
    const value = values[name]
    if (value === undefined) continue
    for (const place of places) put(flow, place, value)
  }
  return { ok: true, flow, values }
}

/** Places that a parameter names and the flow does not have. */
export function lostPlaces(template: FlowDefinition): readonly string[] {
  return placesOf(template).flatMap(([, places]) => places.filter((place) => find(template, place) === null))
}

function placesOf({ parameters = {} }: FlowDefinition): readonly (readonly [string, readonly string[]])[] {
  const { properties } = parameters
  if (typeof properties !== 'object' || properties === null) return []
  return Object.entries(properties).map(([name, property]) => {
    const places = (property as { readonly [parameterPlaces]?: unknown } | null)?.[parameterPlaces]
    return [name, Array.isArray(places) ? places.filter((place) => typeof place === 'string') : []]
  })
}

function put(flow: FlowDefinition, place: string, value: Json): void {
  const found = find(flow, place)
  if (found !== null) found.holder[found.name] = value
}

/** The object that holds the last name of a place, when all of it is there. */
function find(flow: FlowDefinition, place: string): { readonly holder: Record<string, unknown>; readonly name: string } | null {
  const [area, id, part, ...names] = pointerKeys(place)
  const name = names.pop()
  const node = flow.nodes.find((each) => each.id === id)
  if (area !== 'nodes' || part !== 'config' || name === undefined || node === undefined) return null
  let holder: unknown = node.config
  for (const key of names) holder = own(holder, key)
  return own(holder, name) === undefined ? null : { holder: holder as Record<string, unknown>, name }
}

function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}
