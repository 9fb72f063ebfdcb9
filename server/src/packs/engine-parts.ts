/** Composes the packs into what the engine's thread runs. A name that two packs claim stops the start. */
import { engineTables, type TableDefinition } from '@sluice/engine/worker'
import { packs } from '@sluice/nodes'
import { packServers } from '@sluice/nodes/server'
import { type ComposedPacks, composePacks, type PackHost, type PackServer } from '@sluice/sdk/server'
import { platformServers } from './platform.ts'

export interface EngineParts extends ComposedPacks {
  /** Starts the packs on this thread. */
  readonly start?: (host: PackHost) => void
  // biome-ignore lint/suspicious/noExplicitAny: tables of different rows share no row type.
  readonly tables: readonly TableDefinition<any>[]
}

/** Every server half of this build, in the order of activation. */
export const allServers: readonly PackServer[] = [...packServers, ...platformServers]

export function createEngineParts(servers: readonly PackServer[] = allServers): EngineParts {
  return {
    start: (host) => startAll(servers, host),
    ...composePacks(packs, servers),
    tables: [...engineTables, ...servers.flatMap((server) => server.tables)],
  }
}

export function startAll(servers: readonly PackServer[], host: PackHost): void {
  for (const server of servers) server.start?.(host)
}
