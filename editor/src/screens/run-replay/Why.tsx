import type { ReactNode } from 'react'
import { ErrorText, FailedFact } from '../../app/failures/index.ts'
import { type MessageId, needTexts, useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { useValueWords } from '../../app/names/use-value-words.ts'
import type { StepFact } from '../../run/facts.ts'
import { onDemand, ValueView } from '../../ui/index.ts'
import type { Moment } from './moment.ts'
import styles from './Replay.module.css'

/** Names that steps give their reasons, in words; any other name is shown as it is. */
const names = [
  'action',
  'approvedBy',
  'assignee',
  'by',
  'code',
  'condition',
  'confidence',
  'consent',
  'done',
  'dueAt',
  'epoch',
  'facts',
  'fields',
  'for',
  'found',
  'frozen',
  'gaveWayTo',
  'gate',
  'masked',
  'model',
  'of',
  'origin',
  'permit',
  'plays',
  'prompt',
  'promptVersion',
  'purpose',
  'readBack',
  'reason',
  'receipt',
  'row',
  'rows',
  'rule',
  'scene',
  'scenes',
  'session',
  'signatures',
  'simulated',
  'sources',
  'status',
  'task',
  'timer',
  'to',
  'values',
  'version',
  'withheld',
] as const satisfies readonly (MessageId extends infer Id ? (Id extends `replay.why.${infer Name}` ? Name : never) : never)[]
const known = new Set<string>(names)

const PlayNames = onDemand(async () => (await Promise.all([import('./PlayNames.tsx'), needTexts('plays')]))[0].PlayNames)

const RuleReason = onDemand(async () => (await Promise.all([import('./RuleReason.tsx'), needTexts('plays')]))[0].RuleReason)

/** Who answers in a simulation, whoever was asked. */
const simulatedPerson = 'simulation'

/** Plays are told by their names, which come with the first that is told. */
function apart(why: Moment['why']): { readonly why: unknown; readonly plays: readonly unknown[] | null } {
  if (typeof why !== 'object' || why === null || Array.isArray(why) || !('plays' in why)) return { why, plays: null }
  const { plays, ...rest } = why
  return Array.isArray(plays) && plays.length > 0 ? { why: rest, plays } : { why, plays: null }
}

/** Why a step did what it did: its own reason (rule row, consent, prompt, approver …) and what the journal says around it. */
export function Why({
  moment,
  facts,
  leave,
}: {
  readonly moment: Moment
  readonly facts: readonly StepFact[]
  /** Under which leave it acted outside, or what it is given to say when it had none. */
  readonly leave?: ((none: ReactNode) => ReactNode) | undefined
}) {
  const t = useT()
  const format = useFormat()
  const say = useSay()
  const valueWords = useValueWords()
  const wordOf = (text: string) => {
    if (text === simulatedPerson) return t('replay.by.simulated')
    return text === moment.port && moment.why?.action === text && moment.portLabel !== null ? say(moment.portLabel) : valueWords(text)
  }
  const { state, dueAt, error } = moment
  const { plays, why } = apart(moment.why)
  const isRule = moment.why !== null && (typeof moment.why.rule === 'string' || typeof moment.why.gate === 'string')
  const saysUntil = state === 'waiting-time' || state === 'retrying'
  const labelOf = (name: string) => (known.has(name) ? t(`replay.why.${name}` as MessageId) : name)
  const none = moment.why === null && facts.length === 0 && error === null ? <p className={styles.none}>{t('replay.no-why')}</p> : null
  return (
    <div className={styles.why} data-testid="replay-why">
      {state !== null && (
        <p>
          {t(`canvas.state.${state}`)} {dueAt !== null && saysUntil && format.dateTime(dueAt)}
        </p>
      )}
      {dueAt !== null && !saysUntil && (
        <p>
          {t('replay.why.dueAt')} {format.dateTime(dueAt)}
        </p>
      )}
      {error !== null && (
        <div className={styles.error}>
          <ErrorText error={error} />
        </div>
      )}
      {moment.why !== null && isRule && <RuleReason why={moment.why} labelOf={labelOf} wordOf={wordOf} />}
      {why !== null && !isRule && <ValueView value={why} labelOf={labelOf} wordOf={wordOf} />}
      {plays !== null && <PlayNames ids={plays} />}
      {facts.length > 0 && (
        <ul className={styles.facts}>
          {facts.map((fact, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is a journal; it only grows.
            <li key={index} data-fact={fact.kind}>
              <Fact fact={fact} moment={moment} />
            </li>
          ))}
        </ul>
      )}
      {leave === undefined ? none : leave(none)}
    </div>
  )
}

function Fact({ fact, moment }: { readonly fact: StepFact; readonly moment: Moment }) {
  const t = useT()
  const say = useSay()
  const valueWords = useValueWords()
  const personName = usePersonName()
  // Who answered or skipped stands there by the bare id of the person.
  const wordOf = (text: string) => {
    if (text === simulatedPerson) return t('replay.by.simulated')
    const name = personName(text)
    return name === text ? valueWords(text) : name
  }
  const format = useFormat()
  switch (fact.kind) {
    case 'event':
      return t('replay.fact.event', { type: fact.type, id: fact.id })
    case 'retry':
      return t('replay.fact.retry', { attempt: fact.attempt, when: fact.dueAt === null ? '' : format.exact(fact.dueAt) })
    case 'answered':
      return t('replay.fact.answered', {
        by: wordOf(fact.by),
        action: fact.action === moment.port ? say(moment.portLabel ?? fact.action) : fact.action,
      })
    case 'noted':
      return t('replay.fact.noted', { by: wordOf(fact.by), act: fact.act })
    case 'lock':
      return t('replay.fact.lock', { key: fact.key })
    case 'skipped':
      return t('replay.fact.skipped', { by: wordOf(fact.by), reason: fact.reason })
    case 'joined':
      return t('replay.fact.joined', { lines: fact.lines })
    case 'items':
      return t('replay.fact.items', { count: fact.count })
    case 'failed':
    case 'cancelled':
      return <FailedFact fact={fact} />
  }
}
