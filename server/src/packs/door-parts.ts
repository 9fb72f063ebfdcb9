/** What the packs bring to the door's thread: acts on the outside world, and routes. */
import type { OutsideAct, OutsideHost, PackServer, Route } from '@sluice/sdk/server'
import type { OutsideHandler } from '../dispatch/dispatcher.ts'
import { allServers, unique } from './engine-parts.ts'

export interface DoorParts {
  readonly outside: ReadonlyMap<string, OutsideHandler>
  readonly routes: readonly { readonly pack: string; readonly route: Route }[]
}

export function createDoorParts(servers: readonly PackServer[] = allServers): DoorParts {
  const outside = unique('outside handler', servers, (server) => Object.entries(server.outside ?? {}))
  return {
    outside: new Map(outside as readonly (readonly [string, (act: OutsideAct, host: OutsideHost) => ReturnType<OutsideHandler>])[]),
    routes: servers.flatMap((server) => (server.routes ?? []).map((route) => ({ pack: server.id, route }))),
  }
}
