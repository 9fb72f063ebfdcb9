import { type SimulationResult, simulateFlow } from '@sluice/engine/simulate'
import type { Json } from '@sluice/flows'
import { type ComposedPacks, composePacks } from '@sluice/sdk/server'
import { answerRehearsed } from '../approvals/server/index.ts'
import { packs } from '../catalogue.ts'
import { packServers, timed } from '../catalogue-server.ts'
import { givenCalendars } from './given-calendars.ts'
import { playLimits } from './limits.ts'
import { nobody } from './nobody.ts'
import type { GivenConsent, SimulateOrder } from './order.ts'

let parts: ComposedPacks | null = null

/** A draft on the real loop with the real packs, over a store in memory and a virtual clock. What would leave is listed and does not leave. */
export async function play(order: SimulateOrder): Promise<SimulationResult> {
  parts ??= composePacks(packs, [...packServers, nobody])
  const { nodes, commands, gates, consumers } = parts
  const { flow, others, events, answers, mocks, startAt, until } = order
  const result = await simulateFlow({
    flow,
    others,
    nodes,
    commands,
    gates,
    consumers,
    events,
    answers,
    answer: answerRehearsed,
    mocks,
    startAt,
    given: sceneOf(order),
    ...(until === null ? {} : { until }),
  })
  const { timelineMax } = playLimits
  if (result.timeline.length <= timelineMax) return result
  return { ...result, timeline: result.timeline.slice(0, timelineMax), truncated: true }
}

/** The people the events are about are there, with the consents that were given and no others. */
function sceneOf({
  flow,
  start,
  customers,
  consents,
  calendars = [],
  events,
}: SimulateOrder): readonly { readonly command: string; readonly payload: Json }[] {
  const known = new Set(customers.map(({ id }) => id))
  const named = [...events.map(({ subject }) => subject ?? ''), ...consents.map(({ customer }) => customer)]
  const more = [...new Set(named)].filter((id) => id !== '' && !known.has(id)).map((id) => ({ id }))
  return [
    ...givenCalendars(calendars),
    ...[...customers, ...more].map((customer) => ({
      command: 'crm.create-customer',
      payload: { name: customer.id, ...customer } as Json,
    })),
    ...consents.map((consent) => ({ command: 'consent.grant', payload: grantOf(consent) })),
    ...(start === null ? [] : [{ command: 'engine.run.start', payload: { flow: flow.key, ...start } }]),
    ...(start === null && events.length === 0 ? timedTriggers(flow) : []),
  ]
}

/** Nothing else begins it: schedules and dates do, in virtual time. A start or events by hand are about those runs alone. */
function timedTriggers({ key, nodes }: SimulateOrder['flow']): readonly { readonly command: string; readonly payload: Json }[] {
  return Object.entries(timed).flatMap(([wanted, command]) => {
    const found = Object.entries(nodes).filter(([, { type }]) => type === wanted)
    const triggers = Object.fromEntries(found.map(([id, { type, config }]) => [id, { id, type, config }]))
    return found.length === 0 ? [] : [{ command, payload: { flows: [{ key, nodes: triggers }] } as Json }]
  })
}

function grantOf({ customer, purpose, scene, scope, session }: GivenConsent): Json {
  const more = { ...(scope === undefined ? {} : { scope }), ...(session === undefined ? {} : { session }) }
  return { customer, purpose, scene, act: 'button', language: 'en', ...more }
}
