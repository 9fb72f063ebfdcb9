import type { CommandHandler, Gate, NodeRuntime } from '@sluice/engine/worker'
import type { AnyNode } from '../pack.ts'
import { toRuntimes } from '../runtime.ts'
import type { PackServer } from './pack-server.ts'

/** What the loop runs of the packs, wherever it runs. */
export interface ComposedPacks {
  readonly nodes: ReadonlyMap<string, NodeRuntime>
  readonly commands: ReadonlyMap<string, CommandHandler>
  readonly consumers: ReadonlyMap<string, readonly string[]>
  readonly gates: readonly Gate[]
}

/** Joins the packs with their server halves. A name that two of them claim is a mistake that must not be settled by order. */
export function composePacks(
  packs: readonly { readonly nodes: readonly AnyNode[]; readonly id: string }[],
  servers: readonly PackServer[],
): ComposedPacks {
  return {
    nodes: toRuntimes(packs, servers),
    commands: new Map(unique('command', servers, (server) => Object.entries(server.commands ?? {}))),
    consumers: consumersOf(servers),
    gates: servers.flatMap((server) => server.gates ?? []),
  }
}

function consumersOf(servers: readonly PackServer[]): ReadonlyMap<string, readonly string[]> {
  const byType = new Map<string, string[]>()
  for (const [type, command] of servers.flatMap((server) => Object.entries(server.consumers ?? {}))) {
    byType.set(type, [...(byType.get(type) ?? []), command])
  }
  return byType
}

/** Entries of all packs. @example `unique('command', servers, (server) => Object.entries(server.commands ?? {}))` */
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
