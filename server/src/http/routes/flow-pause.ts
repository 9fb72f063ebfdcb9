import { heldTable, pausesTable } from '@sluice/engine/worker'
import { Type } from 'typebox'
import type { Door } from '../../door.ts'
import { instant } from '../page.ts'
import type { ServerRoute } from '../route.ts'
import { findDraft, nameOf } from './flows.ts'
import { Reason } from './run-operations.ts'

const Pause = Type.Object(
  {
    /** What happens to events meanwhile: `hold` starts runs that wait before their first step, `refuse` keeps them as dead letters. */
    mode: Type.Optional(Type.Union([Type.Literal('hold'), Type.Literal('refuse')])),
    reason: Type.Optional(Reason),
  },
  { additionalProperties: false },
)
const Empty = Type.Object({}, { additionalProperties: false })

/** Letting a flow stand still. Runs finish the step they are at; no further step begins until it goes on. */
export function flowPauseRoutes(door: Door): readonly ServerRoute[] {
  return [
    {
      method: 'POST',
      url: '/api/v1/flows/:key/pause',
      summary: 'No further step of this flow begins; events wait as runs (hold) or are kept as dead letters (refuse)',
      tag: 'flows',
      body: Pause,
      bodyOptional: true,
      async handle({ params: { key = '' }, body, caller }, host) {
        const { mode = 'hold', reason = '' } = (body ?? {}) as { mode?: 'hold' | 'refuse'; reason?: string }
        findDraft(door, key)
        await host.command('flow.pause', { flow: key, mode, reason }, caller)
        return { body: pauseView(door, key) }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/flows/:key/resume',
      summary: 'The flow goes on, with the runs that were held, in their order',
      tag: 'flows',
      body: Empty,
      bodyOptional: true,
      async handle({ params: { key = '' }, caller }, host) {
        findDraft(door, key)
        const { held } = await host.command<{ held: number }>('flow.resume', { flow: key }, caller)
        return { body: { paused: null, released: held } }
      },
    },
  ]
}

/** `{ paused: null }`, or since when, by whom, why, and how many runs wait. */
export function pauseView(door: Door, key: string) {
  const { records } = door.engine.reader
  const row = records.find(pausesTable, { flow: key })
  if (row === null) return { paused: null }
  const { mode, since, by, reason } = row
  return { paused: { mode, since: instant(since), by: nameOf(door, by), reason, held: records.count(heldTable, { flow: key }) } }
}
