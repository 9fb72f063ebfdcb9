import type { PackServer } from '@sluice/sdk/server'
import { platformServer } from '../commands/index.ts'

/** What the server itself adds in the shape of a pack: commands and tables for flows, people and tokens. */
export const platformServers: readonly PackServer[] = [platformServer]
