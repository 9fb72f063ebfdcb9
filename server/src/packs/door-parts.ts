/** What the packs bring to the door's thread: acts on the outside world, and routes. */
import {
  type EffectPermit,
  type Gate,
  type OutsideHandler,
  type PackHost,
  type PackServer,
  type RecordsReader,
  type Route,
  unique,
} from '@sluice/sdk/server'
import { allServers, startAll } from './engine-parts.ts'

export interface DoorParts {
  /** Starts the packs on this thread. */
  readonly start: (host: PackHost) => void
  readonly outside: ReadonlyMap<string, OutsideHandler>
  /** Do all ledgers of permits still hold this one open? */
  readonly holds: (records: RecordsReader, permit: EffectPermit) => boolean
  /** CloudEvents types that packs act on themselves. */
  readonly consumed: ReadonlySet<string>
  readonly routes: readonly { readonly pack: string; readonly route: Route }[]
}

export function createDoorParts(servers: readonly PackServer[] = allServers): DoorParts {
  const gates = servers.flatMap((server) => server.gates ?? [])
  return {
    start: (host) => startAll(servers, host),
    outside: new Map(unique('outside handler', servers, (server) => Object.entries(server.outside ?? {}))),
    holds: (records, permit) => holdsOpen(gates, records, permit),
    consumed: new Set(servers.flatMap((server) => Object.keys(server.consumers ?? {}))),
    routes: servers.flatMap((server) => (server.routes ?? []).map((route) => ({ pack: server.id, route }))),
  }
}

/** Who touches nobody stands in no ledger. */
function holdsOpen(gates: readonly Gate[], records: RecordsReader, permit: EffectPermit): boolean {
  return permit.touches === 'nobody' || gates.every((gate) => gate.holds?.(records, permit) ?? true)
}
