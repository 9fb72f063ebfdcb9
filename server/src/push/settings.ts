import type { RecordsReader } from '@sluice/sdk/server'
import { settings } from '../commands/tables.ts'
import type { Config } from '../config/config.ts'
import { type AllowList, parseAllowList } from '../dispatch/allow-list.ts'
import { knownServices } from './limits.ts'

export const pushSetting = 'push'
/** Told inside the server when browsers or settings changed. */
export const pushTopic = 'push'

/** What an admin decides: nothing is pushed before they switch it on. */
export interface PushSettings {
  readonly on: boolean
  /** Hosts of push services that may be sent to. */
  readonly hosts: readonly string[]
  /** Whom a push service writes to when something is wrong (RFC 8292); required before anything is pushed. */
  readonly contact: string | null
}

export function pushSettings(records: RecordsReader): PushSettings {
  const set = records.find(settings, { name: pushSetting })?.value as Partial<PushSettings> | undefined
  return { on: false, hosts: knownServices, contact: null, ...set }
}

/**
 * Where pushes may go. The admin names hosts, and only public addresses are reached by that; one inside the own network needs the
 * operator's `SLUICE_ALLOW_HOSTS=private:…` as well. What flows may call is no place for pushes, and the other way round.
 */
export function pushHosts({ hosts }: PushSettings, config: Pick<Config, 'allowHosts'>): AllowList {
  const inside = parseAllowList(config.allowHosts).filter((rule) => rule.private)
  return parseAllowList(hosts.join(' ')).map((rule) => ({
    ...rule,
    private: inside.some(({ host, port }) => host === rule.host && port === rule.port),
  }))
}
