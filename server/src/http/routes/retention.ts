import { Type } from 'typebox'
import { settings } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import { type Retention, retentionDefault, retentionLimits, retentionSetting } from '../../hosts/sqlite/retention/limits.ts'
import type { ServerRoute } from '../route.ts'

const { runDaysMin, runDaysMax, runsMaxMin, runsMaxMax } = retentionLimits

const RetentionBody = Type.Object(
  {
    runDays: Type.Integer({ minimum: runDaysMin, maximum: runDaysMax }),
    runsMax: Type.Integer({ minimum: runsMaxMin, maximum: runsMaxMax }),
  },
  { additionalProperties: false },
)

/** How long ended runs are kept. */
export function retentionRoutes(door: Door): readonly ServerRoute[] {
  return [
    {
      method: 'GET',
      url: '/api/v1/settings/retention',
      summary: 'How long ended runs are kept, and how many there are',
      tag: 'system',
      handle(_request, host) {
        const set = host.records.find(settings, { name: retentionSetting })?.value as Partial<Retention> | undefined
        const { storedRuns, prunedRuns } = door.engine.stats()
        return { body: { ...retentionDefault, ...set, stored: { runs: storedRuns, prunedSinceStart: prunedRuns } } }
      },
    },
    {
      method: 'PUT',
      url: '/api/v1/settings/retention',
      summary: 'Sets how long ended runs are kept; older ones go within minutes',
      tag: 'system',
      body: RetentionBody,
      async handle({ body, caller }, host) {
        await host.command('settings.set', { name: retentionSetting, value: body }, caller)
        return { body }
      },
    },
  ]
}
