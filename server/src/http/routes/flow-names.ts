import type { FlowDefinition } from '@sluice/flows'
import { Type } from 'typebox'
import { drafts } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import type { ServerRoute } from '../route.ts'

/** As many as one list of runs or tasks names. */
const keysMax = 50
const key = '[a-z0-9-]{1,64}'
const Query = Type.Object({ keys: Type.String({ pattern: `^${key}(,${key}){0,${keysMax - 1}}$` }) }, { additionalProperties: false })

/** Whoever answers a task or looks at a run reads which flow it is of, also where they may not look at flows. */
export function flowNameRoutes(door: Door): readonly ServerRoute[] {
  const { records } = door.engine.reader
  return [
    {
      method: 'GET',
      url: '/api/v1/flow-names',
      summary: `What the flows with these keys are called, up to ${keysMax}; those there are none of are left out`,
      tag: 'flows',
      query: Query,
      handle({ query: { keys = '' } }) {
        const rows = records.list(drafts, { where: { key: { in: [...new Set(keys.split(','))] } }, orderBy: [['key', 'asc']] })
        const items = rows.map((row) => ({ key: row.key, name: (JSON.parse(row.file) as FlowDefinition).name }))
        return { body: { items, next: null } }
      },
    },
  ]
}
