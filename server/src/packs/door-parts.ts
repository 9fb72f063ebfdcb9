/** What the packs bring to the door's thread: acts on the outside world, and routes. */
import type { OutsideAct, OutsideHost, PackHost, PackServer, Route } from '@sluice/sdk/server'
import type { OutsideHandler } from '../dispatch/dispatcher.ts'
import { allServers, startAll, unique } from './engine-parts.ts'

export interface DoorParts {
  /** Starts the packs on this thread. */
  readonly start: (host: PackHost) => void
  readonly outside: ReadonlyMap<string, OutsideHandler>
  /** CloudEvents types that packs act on themselves. */
  readonly consumed: ReadonlySet<string>
  readonly routes: readonly { readonly pack: string; readonly route: Route }[]
}

export function createDoorParts(servers: readonly PackServer[] = allServers): DoorParts {
  const outside = unique('outside handler', servers, (server) => Object.entries(server.outside ?? {}))
  return {
    start: (host) => startAll(servers, host),
    outside: new Map(outside as readonly (readonly [string, (act: OutsideAct, host: OutsideHost) => ReturnType<OutsideHandler>])[]),
    consumed: new Set(servers.flatMap((server) => Object.keys(server.consumers ?? {}))),
    routes: servers.flatMap((server) => (server.routes ?? []).map((route) => ({ pack: server.id, route }))),
  }
}
