import type { FlowDefinition } from '@sluice/flows'
import { timed } from '@sluice/nodes/server'
import type { WriteContext } from '@sluice/sdk/server'
import { versions } from './tables.ts'

/** Arms the timed triggers of all active flows and disarms the rest; their packs know which changed. */
export function syncSchedules(context: WriteContext): void {
  const active = context.records.list(versions, { where: { active: true }, limit: 100_000 })
  for (const [type, command] of Object.entries(timed)) {
    const flows = active.filter(({ file }) => file.includes(type)).map(({ key, file }) => ({ key, nodes: triggersIn(file, type) }))
    context.command(command, { flows })
  }
}

function triggersIn(file: string, wanted: string) {
  const { nodes } = JSON.parse(file) as FlowDefinition
  const running = nodes.filter(({ type, disabled }) => type === wanted && disabled !== true)
  return Object.fromEntries(running.map(({ id, type, config }) => [id, { id, type, config: config ?? {} }]))
}
