import type { JsonObject } from '@sluice/flows'
import { type MessageId, useT } from '../../app/i18n/index.ts'
import { among } from '../../app/names/among.ts'

/** Codes that the rules of consent give as their reason, as they stand in the journal. */
export const reasonCodes = [
  'granted',
  'no_grant',
  'withdrawn',
  'refused',
  'expired',
  'stale',
  'unconfirmed',
  'terminated',
  'invalidated',
  'session_cut',
  'session_closed',
  'category_withdrawn',
] as const
/** What people do with a task besides answering it. */
const acts = [
  'asked',
  'claimed',
  'commented',
  'escalated',
  'held',
  'kept',
  'released',
  'reminded',
  'replied',
  'returned',
  'signed',
  'signer-added',
  'transferred',
  'withdrawn',
] as const
export const isAct = among(acts)
export const ruleCodes = ['consent', 'categories'] as const

/**
 * The reason of a rule with its codes in words. Only what stands at the top under a name of ours: the values of a decision table may
 * hold the same letters and stay as they are.
 */
export function useRuleWords(): (why: JsonObject) => JsonObject {
  const t = useT()
  const coded = (why: JsonObject, name: string, codes: readonly string[], kind: 'reason' | 'rule') => {
    const value = why[name]
    return typeof value === 'string' && codes.includes(value) ? { [name]: t(`replay.${kind}.${value}` as MessageId) } : {}
  }
  return (why) => ({
    ...why,
    ...coded(why, 'reason', reasonCodes, 'reason'),
    ...coded(why, 'rule', ruleCodes, 'rule'),
    ...coded(why, 'gate', ruleCodes, 'rule'),
  })
}
