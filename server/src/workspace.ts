import { settings } from './commands/tables.ts'
import type { Door } from './door.ts'

export interface Workspace {
  readonly name: string
  /** The demo workspace is loaded and can be removed with one click. */
  readonly demo: boolean
}

export function workspaceOf({ engine, config }: Pick<Door, 'engine' | 'config'>): Workspace {
  return { name: config.workspace, demo: engine.reader.records.find(settings, { name: 'demo' })?.value === true }
}
