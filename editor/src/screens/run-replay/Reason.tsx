import type { JsonObject } from '@sluice/flows'
import { FailedFact } from '../../app/failures/index.ts'
import { type MessageId, useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { plays } from '../../app/locales/en/plays.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { useValueWords } from '../../app/names/use-value-words.ts'
import type { StepFact } from '../../run/facts.ts'
import { Link, ValueView } from '../../ui/index.ts'
import type { Moment } from './moment.ts'
import styles from './Reason.module.css'
import { RuleRows } from './RuleRows.tsx'
import { TableRows } from './TableRows.tsx'
import { useRecordHref } from './use-record-href.ts'
import { isAct, useRuleWords } from './why-words.ts'

/** Names that steps give their reasons, in words; any other name is shown as it is. */
const names = [
  'action',
  'approvedBy',
  'assignee',
  'by',
  'code',
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
  'rule',
  'scene',
  'scenes',
  'session',
  'sampled',
  'share',
  'signatures',
  'simulated',
  'sources',
  'status',
  'to',
  'type',
  'version',
  'withheld',
] as const satisfies readonly (MessageId extends infer Id ? (Id extends `replay.why.${infer Name}` ? Name : never) : never)[]
const known = new Set<string>(names)

/** What is named by its id and can be looked at. */
const records = ['consent', 'receipt'] as const

/** Who answers in a simulation, whoever was asked. */
const simulatedPerson = 'simulation'

/** What the step itself gave as its reason, and what the journal says around it. It loads with the first reason there is. */
export function Reason({
  moment,
  facts,
  isReal,
  customer,
}: {
  readonly moment: Moment
  readonly facts: readonly StepFact[]
  readonly isReal: boolean
  readonly customer: string | null
}) {
  const t = useT()
  const said = useWordOf(moment)
  const { why, task, isLate, rest } = useTold(moment)
  const hrefOf = useRecordHref(customer)
  return (
    <>
      {isLate && <p>{t('replay.why.late')}</p>}
      {why !== null && <RuleRows moment={moment} why={why} />}
      {why !== null && <TableRows moment={moment} why={why} />}
      {rest !== null && (
        <ValueView value={rest} labelOf={(name) => (known.has(name) ? t(`replay.why.${name}` as MessageId) : name)} wordOf={said} />
      )}
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
      {task !== null && isReal && (
        <p>
          <Link href={`/tasks/${task}`}>{t('replay.why.open-task')}</Link>
        </p>
      )}
      {isReal &&
        records.map((kind) => {
          const id = rest?.[kind]
          const href = typeof id === 'string' ? hrefOf(kind, id) : null
          return (
            href !== null && (
              <p key={kind}>
                <Link href={href}>{t(`replay.why.open-${kind}`)}</Link>
              </p>
            )
          )
        })}
    </>
  )
}

/** What `RuleRows` and `TableRows` tell. */
const toldElsewhere: Readonly<Record<string, readonly string[]>> = {
  'core.branch': ['condition'],
  'core.switch': ['rule'],
  'core.decision': ['rows', 'values'],
}

/** The reason without what is told in another way: by words of its own, by a link, or by the facts around it. */
function useTold({ why, step }: Moment) {
  const t = useT()
  const ruleWords = useRuleWords()
  if (why === null) return { why, task: null, isLate: false, rest: null }
  const { timer, task, kept, plays: taken, items, ...others } = why
  const elsewhere = toldElsewhere[step?.type ?? ''] ?? []
  const rest = Object.fromEntries(Object.entries(others).filter(([name]) => !elsewhere.includes(name)))
  const named = Array.isArray(taken)
    ? taken.map((id) => (`plays.${String(id)}` in plays ? t(`plays.${String(id)}` as MessageId) : String(id)))
    : []
  const told: JsonObject = {
    ...(typeof rest.rule === 'string' || typeof rest.gate === 'string' ? ruleWords(rest) : rest),
    ...(named.length > 0 && { plays: named }),
    ...(items !== undefined && typeof items !== 'number' && { items }),
  }
  const asked = task ?? kept
  return {
    why,
    task: typeof asked === 'string' ? asked : null,
    isLate: timer !== undefined,
    rest: Object.keys(told).length === 0 ? null : told,
  }
}

function useWordOf(moment: Moment): (text: string) => string {
  const t = useT()
  const say = useSay()
  const valueWords = useValueWords()
  const personName = usePersonName()
  return (text) => {
    if (text === simulatedPerson) return t('replay.by.simulated')
    if (text === moment.port && moment.why?.action === text && moment.portLabel !== null) return say(moment.portLabel)
    // Who answered, approved or skipped stands there by the bare id of the person.
    const name = personName(text)
    return name === text ? valueWords(text) : name
  }
}

function Fact({ fact, moment }: { readonly fact: StepFact; readonly moment: Moment }) {
  const t = useT()
  const say = useSay()
  const wordOf = useWordOf(moment)
  const format = useFormat()
  switch (fact.kind) {
    case 'event':
      return t('replay.fact.event', { type: fact.type, id: fact.id })
    case 'retry':
      return t('replay.fact.retry', { attempt: fact.attempt, when: fact.dueAt === null ? '' : format.exact(fact.dueAt) })
    case 'answered':
      return t('replay.fact.answered', {
        by: wordOf(fact.by),
        action: say(moment.labelOf(fact.action)),
      })
    case 'noted':
      return t('replay.fact.noted', { by: wordOf(fact.by), act: isAct(fact.act) ? t(`replay.act.${fact.act}`) : fact.act })
    case 'lock':
      return t('replay.fact.lock', { key: fact.key })
    case 'skipped':
      return t('replay.fact.skipped', { by: wordOf(fact.by), reason: fact.reason })
    case 'arrived':
      return t('replay.fact.arrived', { when: format.exact(fact.at) })
    case 'joined':
      return t('replay.fact.joined', { lines: fact.lines })
    case 'items':
      return t('replay.fact.items', { count: fact.count })
    case 'failed':
    case 'cancelled':
      return <FailedFact fact={fact} />
  }
}
