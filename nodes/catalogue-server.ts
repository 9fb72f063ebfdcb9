import type { PackServer } from '@sluice/sdk/server'
import { approvalsServer } from './approvals/server/index.ts'
import { coreServer } from './core/server/index.ts'
import { maskingServer } from './masking/server/index.ts'
import { notifyServer } from './notify/server/index.ts'

/** The server halves, in the order they are activated. */
export const packServers: readonly PackServer[] = [coreServer, maskingServer, notifyServer, approvalsServer]
