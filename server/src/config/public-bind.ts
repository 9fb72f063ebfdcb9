import { problem } from '@sluice/sdk/server'
import type { Config } from './config.ts'

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host)
}

/** The name in a Host header, without the port: `[::1]:4400` → `::1`. */
export function hostName(header: string | undefined): string {
  return (header ?? '')
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase()
}

/** Who can reach the port from outside must meet a locked door: an admin who can sign in, and passwords that travel encrypted. */
export function assertSafeBind(config: Pick<Config, 'host' | 'tls' | 'trustProxy' | 'adminToken'>, hasAdmin: boolean): void {
  if (isLoopback(config.host)) return
  if (!hasAdmin && config.adminToken === null) {
    throw problem(
      'SLU_PUBLIC_BIND_REFUSED',
      500,
      `SLUICE_HOST=${config.host} can be reached from outside, and nobody can sign in yet. Make an admin first (npx sluice user add --role admin), or set SLUICE_ADMIN_TOKEN.`,
    )
  }
  if (config.tls === null && config.trustProxy.length === 0) {
    throw problem(
      'SLU_PUBLIC_BIND_REFUSED',
      500,
      `SLUICE_HOST=${config.host} can be reached from outside without encryption. Set SLUICE_TLS_CERT and SLUICE_TLS_KEY, or SLUICE_TRUST_PROXY if a proxy in front does TLS.`,
    )
  }
}
