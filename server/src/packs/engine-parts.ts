/** Composes the packs into what the engine's thread runs. A name that two packs claim stops the start. */
import { type CommandHandler, engineTables, type Gate, type NodeRuntime, type TableDefinition } from '@sluice/engine/worker'
import { packs } from '@sluice/nodes'
import { packServers } from '@sluice/nodes/server'
import { type PackHost, type PackServer, toRuntimes } from '@sluice/sdk/server'
import { platformServers } from './platform.ts'

export interface EngineParts {
  /** Starts the packs on this thread. */
  readonly start?: (host: PackHost) => void
  readonly nodes: ReadonlyMap<string, NodeRuntime>
  readonly commands: ReadonlyMap<string, CommandHandler>
  readonly consumers: ReadonlyMap<string, readonly string[]>
  readonly gates: readonly Gate[]
  // biome-ignore lint/suspicious/noExplicitAny: tables of different rows share no row type.
  readonly tables: readonly TableDefinition<any>[]
}

/** Every server half of this build, in the order of activation. */
export const allServers: readonly PackServer[] = [...packServers, ...platformServers]

export function createEngineParts(servers: readonly PackServer[] = allServers): EngineParts {
  return {
    start: (host) => startAll(servers, host),
    nodes: toRuntimes(packs, servers),
    commands: new Map(unique('command', servers, (server) => Object.entries(server.commands ?? {}))),
    consumers: consumersOf(servers),
    gates: servers.flatMap((server) => server.gates ?? []),
    tables: [...engineTables, ...servers.flatMap((server) => server.tables)],
  }
}

export function startAll(servers: readonly PackServer[], host: PackHost): void {
  for (const server of servers) server.start?.(host)
}

function consumersOf(servers: readonly PackServer[]): ReadonlyMap<string, readonly string[]> {
  const byType = new Map<string, string[]>()
  for (const [type, command] of servers.flatMap((server) => Object.entries(server.consumers ?? {}))) {
    byType.set(type, [...(byType.get(type) ?? []), command])
  }
  return byType
}

/** Entries of all packs; the same name from two packs is a mistake that must not be settled by order. */
export function unique<Value>(
  kind: string,
  servers: readonly PackServer[],
  entriesOf: (server: PackServer) => readonly (readonly [string, Value])[],
): readonly (readonly [string, Value])[] {
  const owners = new Map<string, string>()
  return servers.flatMap((server) =>
    entriesOf(server).map((entry) => {
      const owner = owners.get(entry[0])
      if (owner !== undefined) throw new Error(`SLU_PACK_CLASH: ${kind} ${entry[0]} is claimed by the packs ${owner} and ${server.id}`)
      owners.set(entry[0], server.id)
      return entry
    }),
  )
}
