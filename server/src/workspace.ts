import type { Text } from '@sluice/flows'
import { words } from '@sluice/sdk'
import { settings } from './commands/tables.ts'
import { settingNames } from './config/names.ts'
import type { Door } from './door.ts'

export interface Workspace {
  readonly name: Text
  /** The demo workspace is loaded and can be removed with one click. */
  readonly demo: boolean
}

const demoDealership = words('Nordstern Auto', '北辰汽车')

export function workspaceOf({ engine, config }: Pick<Door, 'engine' | 'config'>): Workspace {
  const demo = engine.reader.records.find(settings, { name: 'demo' })?.value === true
  const isNamed = config.workspace !== settingNames.SLUICE_WORKSPACE.default
  return { name: demo && !isNamed ? demoDealership : config.workspace, demo }
}
