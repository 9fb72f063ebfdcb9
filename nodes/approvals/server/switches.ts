import type { Person } from '@sluice/sdk'
import { problem, type RecordsReader, type WriteContext } from '@sluice/sdk/server'
import { type SwitchRow, switches } from '../domain/tables.ts'

/** What can be switched for all flows at once. `dual-track`: high-value customers go to the director as well. */
export const switchNames = ['dual-track'] as const
export type SwitchName = (typeof switchNames)[number]

/** On unless somebody switched it off. */
export function isOn(records: RecordsReader, name: SwitchName): boolean {
  return records.find(switches, { name })?.on ?? true
}

/** Command `approvals.switch { name, on, by }`: holds in every flow from the next review on. */
export function setSwitch(
  context: WriteContext,
  { name, on, by }: { readonly name: string; readonly on: boolean; readonly by: Person },
): SwitchRow {
  if (!switchNames.some((each) => each === name)) throw problem('SLU_SWITCH_UNKNOWN', 404, `No switch ${name}`)
  const row: SwitchRow = { name, on, by: by.id, at: context.now }
  context.records.upsert(switches, row)
  context.audit('approvals.switched', { switch: name, by: by.id }, { on })
  context.notify('tasks', { switch: name })
  return row
}
