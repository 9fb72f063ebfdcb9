/**
 * Hosts that flows may talk to. No list means no host: missing configuration is a refusal, never an open door.
 * - `api.example.com`         this host, ports 80 and 443
 * - `api.example.com:8443`    this host on this port
 * - `*.example.com`           any host below it
 * - `*`                       any public host
 * - `private:10.0.0.5:8080`   a host inside the own network, named on purpose
 */
export interface AllowRule {
  readonly host: string
  readonly port: number | null
  /** May resolve to an address that is not public. */
  readonly private: boolean
}

export type AllowList = readonly AllowRule[]

const defaultPorts: ReadonlySet<number> = new Set([80, 443])

/** Throws on an entry it cannot read: a misspelt rule must not look like a working one. */
export function parseAllowList(text: string): AllowList {
  return text
    .split(/[\s,;]+/)
    .filter((entry) => entry !== '')
    .map(parseRule)
}

function parseRule(entry: string): AllowRule {
  const isPrivate = entry.startsWith('private:')
  const place = isPrivate ? entry.slice('private:'.length) : entry
  const found = /^(\*|(?:\*\.)?[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/.exec(place)
  const host = found?.[1]?.toLowerCase()
  const port = found?.[2] === undefined ? null : Number(found[2])
  if (host === undefined || (port !== null && (port < 1 || port > 65_535)) || (isPrivate && host.includes('*'))) {
    throw new Error(`SLU_ALLOW_HOSTS: "${entry.slice(0, 80)}" is no host, *.host, host:port or private:host:port`)
  }
  return { host, port, private: isPrivate }
}

/** The rule that lets this address pass, or null. A rule that names a private host wins over a wildcard. */
export function ruleFor(list: AllowList, url: URL): AllowRule | null {
  const host = url.hostname.toLowerCase().replace(/\.$/, '')
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  const fitting = list.filter((rule) => hostFits(rule.host, host) && portFits(rule, port))
  return fitting.find((rule) => rule.private) ?? fitting[0] ?? null
}

function hostFits(pattern: string, host: string): boolean {
  if (pattern === '*') return true
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : host === pattern
}

function portFits(rule: AllowRule, port: number): boolean {
  return rule.port === null ? defaultPorts.has(port) : rule.port === port
}
