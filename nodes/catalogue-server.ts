import type { PackServer } from '@sluice/sdk/server'
import { coreServer } from './core/server/index.ts'

/** The server halves, in the order they are activated. */
export const packServers: readonly PackServer[] = [coreServer]
