import type { Caller, Lens, RecordsReader, Sight } from '@sluice/sdk/server'
import { subjectOf } from '../../consent/server/index.ts'
import { hiddenFrom, makeLens } from '../domain/lens.ts'
import { fieldsByName } from './catalogue.ts'
import { frozenFields } from './freeze.ts'
import { readerOf } from './reader.ts'
import { customers } from './tables.ts'

/** Ids looked up for one lens. */
const mentionedMax = 2_000
const idPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/

/** Customer data in runs and tasks, seen with the same rules as the customer's own page. */
export function customerSight(caller: Caller, records: RecordsReader): Sight {
  const reader = readerOf(caller)
  return {
    key: reader.kind,
    on(subject, mentioned, addressed = false): Lens {
      const ids = new Set<string>(subject === null ? [] : [subject])
      collectIds(mentioned, ids, 0)
      const known = records.list(customers, { where: { id: { in: [...ids] } }, limit: mentionedMax })
      const seen = known.map(({ id, name, fields }) => ({
        name,
        fields,
        frozen: frozenFields(records, id),
        granted: subjectOf(records, id).standingMask,
      }))
      return makeLens(hiddenFrom(addressed ? { kind: 'full' } : reader, seen, fieldsByName(records)))
    },
  }
}

/** Every text that may be a customer's id. */
function collectIds(value: unknown, ids: Set<string>, depth: number): void {
  if (ids.size >= mentionedMax || depth > 64) return
  if (typeof value === 'string') {
    if (idPattern.test(value)) ids.add(value)
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) collectIds(item, ids, depth + 1)
  }
}
