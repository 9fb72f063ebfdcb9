import type { FlowDefinition } from '@sluice/flows'
import type { WriteContext } from '@sluice/sdk/server'
import { versions } from './tables.ts'

/** Arms the schedule triggers of all active flows and disarms the rest; the core pack knows which changed. */
export function syncSchedules(context: WriteContext): void {
  const active = context.records.list(versions, { where: { active: true }, limit: 100_000 })
  const flows = active
    .filter(({ file }) => file.includes('core.schedule'))
    .map(({ key, file }) => {
      const { nodes } = JSON.parse(file) as FlowDefinition
      const running = nodes.filter(({ type, disabled }) => type === 'core.schedule' && disabled !== true)
      return { key, nodes: Object.fromEntries(running.map(({ id, type, config }) => [id, { id, type, config: config ?? {} }])) }
    })
  context.command('core.schedule.sync', { flows })
}
