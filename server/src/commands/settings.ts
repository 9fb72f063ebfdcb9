import type { WriteContext } from '@sluice/sdk/server'
import { settings } from './tables.ts'

/** Command `settings.set`. Values are plain JSON and hold no secret. */
export function setSetting(context: WriteContext, { name, value }: { readonly name: string; readonly value: unknown }): void {
  context.records.upsert(settings, { name, value, updatedAt: context.now })
  context.audit('setting.changed', { setting: name })
}
