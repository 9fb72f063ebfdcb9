import type { FindFlow } from '@sluice/engine/compile'
import { readFlow } from '@sluice/flows'
import { drafts, versions } from '../commands/tables.ts'
import type { Door } from '../door.ts'

/** The flow that a call would run now: its active version, else the draft that has not been published yet. */
export function findFlowOf(door: Pick<Door, 'engine'>): FindFlow {
  return (key) => {
    const { records } = door.engine.reader
    const [active] = records.list(versions, { where: { key, active: true }, limit: 1 })
    const file = active?.file ?? records.find(drafts, { key })?.file
    if (file === undefined) return null
    const read = readFlow(file)
    return read.ok ? read.flow : null
  }
}
