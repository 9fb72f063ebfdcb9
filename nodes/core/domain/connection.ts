import { hostOf } from './http.ts'

/**
 * Stored credentials: which hosts may see them, and the headers that carry them. Kept as a secret of that name whose value is JSON:
 * `SLUICE_SECRET_CRM={"hosts":["api.example.com"],"headers":{"authorization":"Bearer …"}}`.
 */
export interface Connection {
  readonly hosts: readonly string[]
  readonly headers: { readonly [name: string]: string }
}

/**
 * Headers of the named connection for this address. Null when the connection is unknown, broken, or not bound to the host:
 * credentials never follow an address that an event or a model put together.
 */
export function headersFor(
  name: string | null,
  url: string,
  secret: (name: string) => string | null,
): { readonly [name: string]: string } | null {
  if (name === null) return {}
  const connection = readConnection(secret(name.toLowerCase()))
  const host = hostOf(url)
  if (connection === null || host === null || !connection.hosts.some((allowed) => hostFits(allowed, host))) return null
  return connection.headers
}

function readConnection(text: string | null): Connection | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const { hosts, headers } = value as { hosts?: unknown; headers?: unknown }
    if (!Array.isArray(hosts) || !hosts.every((host) => typeof host === 'string')) return null
    if (typeof headers !== 'object' || headers === null || !Object.values(headers).every((item) => typeof item === 'string')) return null
    return { hosts, headers: headers as Connection['headers'] }
  } catch {
    return null
  }
}

/** `*.example.com` stands for every host below example.com, but not for it. */
function hostFits(allowed: string, host: string): boolean {
  const pattern = allowed.toLowerCase()
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : host === pattern
}
