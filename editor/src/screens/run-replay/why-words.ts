import type { JsonObject } from '@sluice/flows'
import { type MessageId, useSay, useT } from '../../app/i18n/index.ts'
import { useValueWords } from '../../app/names/use-value-words.ts'
import type { Moment } from './moment.ts'

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
export const ruleCodes = ['consent', 'categories'] as const

/** Who answers in a simulation, whoever was asked. */
const simulatedPerson = 'simulation'

/**
 * The reason of a step with its codes in words. Only what stands at the top under a name of ours: the values of a decision table or
 * what a person wrote may hold the same letters and stay as they are.
 */
export function useWhyWords(): {
  readonly inWords: (moment: Pick<Moment, 'why' | 'port' | 'portLabel'>) => JsonObject | null
  readonly personIn: (text: string) => string
} {
  const t = useT()
  const say = useSay()
  const wordOf = useValueWords()
  const personIn = (text: string) => (text === simulatedPerson ? t('replay.by.simulated') : wordOf(text))
  const codeIn = (codes: readonly string[], kind: 'reason' | 'rule', value: unknown) =>
    typeof value === 'string' && codes.includes(value) ? t(`replay.${kind}.${value}` as MessageId) : undefined
  return {
    personIn,
    inWords: ({ why, port, portLabel }) => {
      if (why === null) return null
      // A sentence of a person under the same name stands where no rule is named.
      const reason = why.rule === undefined ? undefined : codeIn(reasonCodes, 'reason', why.reason)
      const rule = codeIn(ruleCodes, 'rule', why.rule)
      const gate = codeIn(ruleCodes, 'rule', why.gate)
      return {
        ...why,
        ...(reason === undefined ? {} : { reason }),
        ...(rule === undefined ? {} : { rule }),
        ...(gate === undefined ? {} : { gate }),
        ...(port !== null && portLabel !== null && why.action === port ? { action: say(portLabel) } : {}),
        ...(why.by === simulatedPerson ? { by: personIn(simulatedPerson) } : {}),
      }
    },
  }
}
