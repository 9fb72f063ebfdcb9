import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { problem } from '@sluice/sdk/server'
import { parseAllowList } from '../dispatch/allow-list.ts'
import { type SettingName, secretPrefix, settingNames } from './names.ts'
import { suggest } from './suggest.ts'

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export interface Config {
  readonly port: number
  readonly host: string
  /** Absolute. */
  readonly data: string
  readonly adminToken: string | null
  /** Null: not said; `start` then decides by whether the data folder is empty. */
  readonly demo: boolean | null
  readonly model: { readonly url: string; readonly key: string; readonly name: string } | null
  readonly log: LogLevel
  readonly publicUrl: string | null
  readonly trustProxy: readonly string[]
  readonly tls: { readonly cert: string; readonly key: string } | null
  /** Hosts flows may reach, as `dispatch/allow-list.ts` reads them. */
  readonly allowHosts: string
  readonly secrets: ReadonlyMap<string, string>
  readonly workspace: string
}

const adminTokenCharsMin = 32

type Environment = { readonly [name: string]: string | undefined }

/** Reads the settings; every mistake is told at once, so that a person mends them in one go. */
export function readConfig(environment: Environment): Config {
  const mistakes = unknownNames(environment)
  const get = (name: SettingName): string => environment[name]?.trim() || settingNames[name].default
  const take = <Value>(read: () => Value, fallback: Value): Value => {
    try {
      return read()
    } catch (error) {
      mistakes.push({ path: '', message: (error as Error).message })
      return fallback
    }
  }
  const config: Config = {
    port: take(() => portOf(get('SLUICE_PORT')), 4400),
    host: get('SLUICE_HOST'),
    data: resolve(get('SLUICE_DATA')),
    adminToken: take(() => adminTokenOf(get('SLUICE_ADMIN_TOKEN')), null),
    demo: take(() => switchOf('SLUICE_DEMO', get('SLUICE_DEMO')), null),
    model: take(() => modelOf(get), null),
    log: take(() => levelOf(get('SLUICE_LOG')), 'info'),
    publicUrl: take(() => publicUrlOf(get('SLUICE_PUBLIC_URL')), null),
    trustProxy: take(() => listOf(get('SLUICE_TRUST_PROXY')).map(proxyOf), []),
    tls: take(() => tlsOf(get), null),
    allowHosts: take(() => allowHostsOf(get('SLUICE_ALLOW_HOSTS')), ''),
    secrets: secretsOf(environment),
    workspace: get('SLUICE_WORKSPACE').slice(0, 100),
  }
  take(() => noOtherDatabase(get('SLUICE_DATABASE_URL')), undefined)
  if (mistakes.length > 0) {
    throw problem('SLU_CONFIG_INVALID', 500, mistakes.map((mistake) => mistake.message).join('\n'), mistakes)
  }
  return config
}

function unknownNames(environment: Environment): { path: string; message: string }[] {
  return Object.keys(environment)
    .filter((name) => /^sluice_/i.test(name) && !(name in settingNames) && !name.startsWith(secretPrefix))
    .map((name) => {
      const near = suggest(name.toUpperCase(), Object.keys(settingNames))
      return { path: name, message: `${name} is no setting of Sluice${near === null ? '' : `; did you mean ${near}?`}` }
    })
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new Error(`SLUICE_PORT must be a number from 0 to 65535, not "${text.slice(0, 40)}"`)
}

function adminTokenOf(text: string): string | null {
  if (text === '') return null
  if (text.length < adminTokenCharsMin)
    throw new Error(`SLUICE_ADMIN_TOKEN needs ${adminTokenCharsMin} characters at least; this one has ${text.length}`)
  return text
}

function switchOf(name: SettingName, text: string): boolean | null {
  if (text === '') return null
  if (text === '1' || text === 'true') return true
  if (text === '0' || text === 'false') return false
  throw new Error(`${name} must be 1 or 0, not "${text.slice(0, 40)}"`)
}

function modelOf(get: (name: SettingName) => string): Config['model'] {
  const [url, key, name] = [get('SLUICE_MODEL_URL'), get('SLUICE_MODEL_KEY'), get('SLUICE_MODEL')]
  if (url === '') {
    if (key !== '' || name !== '') throw new Error('SLUICE_MODEL_KEY and SLUICE_MODEL need SLUICE_MODEL_URL beside them')
    return null
  }
  if (!/^https?:$/.test(urlOf('SLUICE_MODEL_URL', url).protocol)) throw new Error('SLUICE_MODEL_URL must begin with http:// or https://')
  if (name === '') throw new Error('SLUICE_MODEL_URL needs SLUICE_MODEL, the name of the model, beside it')
  return { url: url.replace(/\/+$/, ''), key, name }
}

function levelOf(text: string): LogLevel {
  const level = logLevels.find((known) => known === text.toLowerCase())
  if (level === undefined) throw new Error(`SLUICE_LOG must be one of ${logLevels.join(', ')}, not "${text.slice(0, 40)}"`)
  return level
}

function publicUrlOf(text: string): string | null {
  if (text === '') return null
  const { protocol, origin, pathname } = urlOf('SLUICE_PUBLIC_URL', text)
  if (!/^https?:$/.test(protocol) || pathname !== '/')
    throw new Error('SLUICE_PUBLIC_URL must look like https://sluice.example.com, without a path')
  return origin
}

function urlOf(name: SettingName, text: string): URL {
  if (!URL.canParse(text)) throw new Error(`${name} is no web address`)
  return new URL(text)
}

function proxyOf(text: string): string {
  const [address = '', bits] = text.split('/')
  if (isIP(address) !== 0 && (bits === undefined || /^\d{1,3}$/.test(bits))) return text
  throw new Error(`SLUICE_TRUST_PROXY lists addresses such as 10.0.0.0/8, not "${text.slice(0, 60)}"`)
}

function tlsOf(get: (name: SettingName) => string): Config['tls'] {
  const [cert, key] = [get('SLUICE_TLS_CERT'), get('SLUICE_TLS_KEY')]
  if (cert === '' && key === '') return null
  if (cert === '' || key === '') throw new Error('SLUICE_TLS_CERT and SLUICE_TLS_KEY belong together')
  return { cert: fileOf('SLUICE_TLS_CERT', cert), key: fileOf('SLUICE_TLS_KEY', key) }
}

function fileOf(name: SettingName, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Error(`${name} names a file that cannot be read`)
  }
}

function allowHostsOf(text: string): string {
  parseAllowList(text)
  return text
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function secretsOf(environment: Environment): ReadonlyMap<string, string> {
  const named = Object.entries(environment).filter(([name, value]) => name.startsWith(secretPrefix) && value !== undefined && value !== '')
  return new Map(named.map(([name, value]) => [name.slice(secretPrefix.length).toLowerCase(), value ?? '']))
}

function noOtherDatabase(url: string): undefined {
  if (url !== '') throw new Error('SLUICE_DATABASE_URL: this build keeps its state in SQLite under SLUICE_DATA; remove the setting')
}
