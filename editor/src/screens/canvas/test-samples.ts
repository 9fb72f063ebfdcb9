import type { FlowEvent } from '@sluice/engine/core'
import type { Json, JsonObject } from '@sluice/flows'
import { packs } from '@sluice/nodes'
import { type Catalogue, configOf, type FlowDocument, isTrigger, type Step } from '../../doc/index.ts'

/** A way to set the flow off from here: an event, a change of consent, or a start by hand. */
export interface Start {
  readonly step: Step
  /** `consent`: only a real change of consent makes such an event, so that is what is done. */
  readonly kind: 'event' | 'manual' | 'consent'
  readonly type: string
  readonly subject: string
  readonly data: Json
}

const eventSamples = new Map(packs.flatMap((pack) => (pack.events ?? []).map((event) => [event.type, event.sample as Json] as const)))

function object(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

/** Every trigger of the flow that can be set off by an event or by hand, with something real to begin with. */
export function startsOf(doc: FlowDocument, catalogue: Catalogue): readonly Start[] {
  return [...doc.nodes.values()].flatMap((step): readonly Start[] => {
    const node = catalogue.find(step.type)
    if (node === undefined || !isTrigger(node) || step.disabled === true) return []
    const config = configOf(step)
    if (step.type === 'core.manual') return [{ step, kind: 'manual', type: '', subject: '', data: sampleOf(config.input) }]
    const [type] = node.trigger?.eventTypes(config) ?? []
    if (type === undefined) return []
    const sample = object(adjusted(object(node.trigger?.sample ?? eventSamples.get(type)), config))
    const subject = typeof sample.subject === 'string' ? sample.subject : ''
    const data = sample.data ?? sample
    if (step.type === 'consent.changed') return [{ step, kind: 'consent', type, subject: '', data }]
    // Events of our own nobody may send; the trigger is then started with the sample as its data.
    return [{ step, kind: type.startsWith('sluice.') ? 'manual' : 'event', type, subject, data }]
  })
}

/** A sample that this trigger would take: its `change`, when the config names one. */
function adjusted(sample: JsonObject, config: JsonObject): JsonObject {
  const data = object(sample.data)
  if (typeof config.change !== 'string' || config.change === 'any' || data.change === undefined) return sample
  return { ...sample, data: { ...data, change: config.change } }
}

/** An example of a JSON Schema: defaults, first choices, empty texts. */
function sampleOf(schema: Json | undefined): Json {
  const { type, properties, default: standard, enum: choices, const: only, examples } = object(schema)
  if (standard !== undefined) return standard
  if (only !== undefined) return only
  if (Array.isArray(examples) && examples[0] !== undefined) return examples[0] as Json
  if (Array.isArray(choices) && choices[0] !== undefined) return choices[0] as Json
  if (properties !== undefined) return Object.fromEntries(Object.entries(object(properties)).map(([name, each]) => [name, sampleOf(each)]))
  if (type === 'string') return ''
  if (type === 'number' || type === 'integer') return 0
  if (type === 'boolean') return false
  if (type === 'array') return []
  return {}
}

/** The event as the server takes it. Every test has an id of its own, so it is never taken for a repetition. */
export function eventOf(start: Start, subject: string, data: Json, id: string, now: Date): Omit<FlowEvent, 'subject'> & JsonObject {
  return {
    specversion: '1.0',
    id: `test-${id}`,
    source: '/sluice/editor/test',
    type: start.type,
    ...(subject === '' ? {} : { subject }),
    time: now.toISOString(),
    datacontenttype: 'application/json',
    data,
  }
}
