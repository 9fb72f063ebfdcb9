import type { JsonObject, Text } from '@sluice/flows'
import type { TSchema } from 'typebox'
import { type Catalogue, isTrigger, nameOf, portsOfStep } from './catalogue.ts'
import { defaultsIn } from './defaults.ts'
import { groupOfEnd, isGroupPort } from './group-ports.ts'
import { type End, type FlowDocument, type Step, wireId } from './model.ts'

/** Why two ports do not go together: an id of the catalogue with its values. */
export interface Refusal {
  readonly id: `canvas.refuse.${'self' | 'trigger' | 'exists' | 'type' | 'money' | 'port' | 'unknown'}`
  readonly values: Readonly<Record<string, Text>>
}

/** Null when the wire may be drawn. */
export function refusal(doc: FlowDocument, catalogue: Catalogue, from: End, to: End): Refusal | null {
  const source = doc.nodes.get(from.node)
  const target = doc.nodes.get(to.node)
  if (groupOfEnd(doc, from.node) !== undefined || groupOfEnd(doc, to.node) !== undefined) return refuseGroup(doc, catalogue, from, to)
  if (source === undefined || target === undefined) return { id: 'canvas.refuse.unknown', values: {} }
  if (from.node === to.node) return { id: 'canvas.refuse.self', values: {} }
  if (doc.edges.has(wireId(from, to))) return { id: 'canvas.refuse.exists', values: {} }
  return refuseStep(source, from.port, target.type, catalogue, nameOf(target, catalogue))
}

/** A frame takes a wire to its cancel port, and gives those that go on when it ends as a whole. */
function refuseGroup(doc: FlowDocument, catalogue: Catalogue, from: End, to: End): Refusal | null {
  const target = doc.nodes.get(to.node)
  const type = target === undefined ? undefined : catalogue.find(target.type)
  const fits = (id: string, side: 'in' | 'out', port: string) =>
    doc.nodes.has(id) || (groupOfEnd(doc, id) !== undefined && isGroupPort(side, port))
  if (!fits(from.node, 'out', from.port) || !fits(to.node, 'in', to.port)) return { id: 'canvas.refuse.unknown', values: {} }
  if (from.node === to.node) return { id: 'canvas.refuse.self', values: {} }
  if (doc.edges.has(wireId(from, to))) return { id: 'canvas.refuse.exists', values: {} }
  if (target === undefined || type === undefined || !isTrigger(type)) return null
  return { id: 'canvas.refuse.trigger', values: { name: nameOf(target, catalogue) } }
}

/** The same question for a step that is not on the canvas yet: what quick add puts first. */
export function refuseType(source: Step, port: string, type: string, catalogue: Catalogue): Refusal | null {
  return refuseStep(source, port, type, catalogue, catalogue.find(type)?.label ?? type)
}

function refuseStep(source: Step, port: string, type: string, catalogue: Catalogue, name: Text): Refusal | null {
  const target = catalogue.find(type)
  const origin = catalogue.find(source.type)
  if (target === undefined || origin === undefined) return null
  if (isTrigger(target)) return { id: 'canvas.refuse.trigger', values: { name } }
  if (origin.labels?.origin === 'model' && target.labels?.money === true) return { id: 'canvas.refuse.money', values: { name } }
  const gives = portsOfStep(source, catalogue).outputs.find((each) => each.name === port)?.schema
  const needs = target.input === false ? undefined : target.input
  if (port === 'error' || port === 'undo' || gives === undefined || needs === undefined) return null
  return clash(gives, needs)
}

type Loose = TSchema & {
  readonly type?: string | readonly string[]
  readonly properties?: Record<string, Loose>
  readonly required?: string[]
}

/** Types clash only when they surely do: an unknown type fits everything. */
function clash(gives: TSchema, needs: TSchema): Refusal | null {
  const have = typesOf(gives as Loose)
  const want = typesOf(needs as Loose)
  if (have === null || want === null) return null
  if (have.some((each) => want.includes(each) || (each === 'integer' && want.includes('number'))))
    return missingField(gives as Loose, needs as Loose)
  return { id: 'canvas.refuse.type', values: { needs: want.join(' | '), gives: have.join(' | ') } }
}

function missingField(gives: Loose, needs: Loose): Refusal | null {
  const closed = (gives as { additionalProperties?: unknown }).additionalProperties === false
  const lost = closed ? needs.required?.find((field) => gives.properties?.[field] === undefined) : undefined
  return lost === undefined
    ? null
    : { id: 'canvas.refuse.type', values: { needs: lost, gives: Object.keys(gives.properties ?? {}).join(', ') || '∅' } }
}

function typesOf(schema: Loose): readonly string[] | null {
  if (typeof schema.type === 'string') return [schema.type]
  return Array.isArray(schema.type) ? schema.type : null
}

/** The output a wire from this step starts at when nobody chose: the first that is still free, else the first. */
export function bestOutput(doc: FlowDocument, step: Step, catalogue: Catalogue): string | null {
  const { outputs } = portsOfStep(step, catalogue)
  const wired = new Set([...doc.edges.values()].filter((edge) => edge.from.node === step.id).map((edge) => edge.from.port))
  return (outputs.find((port) => !wired.has(port.name)) ?? outputs[0])?.name ?? null
}

export function bestInput(step: Step, catalogue: Catalogue): string | null {
  return portsOfStep(step, catalogue).inputs[0]?.name ?? null
}

/** Config a fresh step starts with: the defaults its schema names. */
export function defaultConfig(type: string, catalogue: Catalogue): JsonObject {
  const node = catalogue.find(type)
  return structuredClone(node?.defaults ?? defaultsIn(node?.config ?? {}))
}
