import type { PackServer, Permission } from '@sluice/sdk/server'
import { routeTable } from './route-table.ts'

/** Every route with its permission: the server's rows and what the packs' routes say of themselves. */
export function permissionTable(packServers: readonly PackServer[]): ReadonlyMap<string, Permission> {
  const table = new Map<string, Permission>(Object.entries(routeTable))
  for (const pack of packServers) {
    for (const { method, path, permission } of pack.routes ?? []) {
      const name = `${method} /api/v1${path}`
      if (table.has(name)) throw new Error(`Pack ${pack.id} brings ${name}, which exists already`)
      table.set(name, permission)
    }
  }
  return table
}
