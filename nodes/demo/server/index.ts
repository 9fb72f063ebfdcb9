import { definePackServer } from '@sluice/sdk/server'
import { loadDemo, playSecondAct } from './load.ts'
import { demoRows } from './tables.ts'
import { unloadDemo } from './unload.ts'

/** The demo workspace, told through the commands of the other packs. */
export const demoServer = definePackServer({
  id: 'demo',
  tables: [demoRows],
  commands: { 'demo.second-act': playSecondAct },
  demo: { load: loadDemo, unload: unloadDemo },
})
