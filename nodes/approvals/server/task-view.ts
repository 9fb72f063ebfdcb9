import { eachLanguage, type Person } from '@sluice/sdk'
import { type Caller, personOf, type RecordsReader, type RouteHost, type Sight } from '@sluice/sdk/server'
import { caseIdOf } from '../domain/case-id.ts'
import { type Covered, isOwn, mayTransfer, mayWithdraw, standingOf } from '../domain/may.ts'
import { type CaseRow, cases, type NoteRow, notes, type TaskRow } from '../domain/tables.ts'
import { coveredBy } from './covered.ts'

/** One reader of tasks: who they are, whom they stand in for, what they may see of customers. */
export interface Reader {
  readonly person: Person
  readonly covered: Covered
  readonly sight: Sight
  readonly records: RecordsReader
}

export function readerOf(caller: Caller, host: RouteHost): Reader {
  const person = personOf(caller)
  return { person, covered: coveredBy(host.records, person, host.now()), sight: host.sight(caller), records: host.records }
}

const hidden = { $masked: 'policy' }

/** What the reader may see of a task: the content only for whoever may answer it. */
export function taskView(task: TaskRow, { person, covered, sight, records }: Reader) {
  const standing = standingOf(task, person, covered)
  const allowed = standing !== null
  const lens = sight.on(task.subject, [task.shown, task.value, task.data, task.earlier], allowed && task.kind !== 'question')
  const { authors, value, validForMs, earlier, clock, holdMs, hasQuestions, withdrawable, heldBy, titles, ...rest } = task
  const isOpen = task.state === 'open'
  const canSign = isOpen && allowed && !isOwn(task, person, standing)
  const it = task.case == null || task.kind === 'question' ? null : records.find(cases, { id: task.case })
  return {
    ...rest,
    case: caseIdOf(task),
    title: lens.text(task.title),
    titles: titles == null ? null : eachLanguage(titles, lens.text),
    shown: allowed ? lens.mask(task.shown) : hidden,
    data: allowed || task.answeredBy === person.id ? lens.mask(task.data) : task.data === null ? null : hidden,
    earlier: allowed ? lens.mask(earlier ?? []) : [],
    stages: it === null ? [] : it.stages.map((stage, index) => stageView(stage, index, it)),
    createdAt: iso(task.createdAt),
    dueAt: iso(task.dueAt),
    answeredAt: iso(task.answeredAt),
    heldUntil: iso(task.heldUntil ?? null),
    escalatedAt: iso(task.escalatedAt ?? null),
    standsInFor: standing?.for ?? null,
    own: isOpen && allowed && isOwn(task, person, standing),
    mayAnswer: canSign,
    mayTransfer: isOpen && mayTransfer(task, person, covered),
    mayAddSigner: canSign && task.kind !== 'question',
    mayReturn: canSign && ((it?.at ?? 0) > 0 || (heldBy ?? []).length > 0),
    mayAsk: isOpen && allowed && task.kind !== 'question',
    mayWithdraw: isOpen && mayWithdraw(task, person),
  }
}

/** The thread beside a task: what was said and done, oldest first. */
export function threadView(task: TaskRow, { person, covered, sight, records }: Reader) {
  const allowed = standingOf(task, person, covered) !== null || task.sender === person.id
  const rows = records.list(notes, { where: { case: caseIdOf(task) }, orderBy: [['id', 'asc']], limit: 600 })
  const lens = sight.on(
    task.subject,
    rows.map(({ text }) => text),
    allowed,
  )
  return rows.map(({ id, at, by, act, text, to }: NoteRow) => ({
    id,
    at: iso(at),
    by,
    act,
    to,
    text: allowed ? lens.text(text) : text === '' ? '' : null,
  }))
}

function stageView({ need, ratio, seats }: CaseRow['stages'][number], index: number, it: CaseRow) {
  return {
    need,
    ratio,
    state: it.state === 'closed' ? (index <= it.at ? 'done' : 'left-out') : index < it.at ? 'done' : index === it.at ? 'open' : 'next',
    seats: seats.map(({ who, task, signature }) => ({
      who,
      task,
      action: signature?.action ?? null,
      by: signature?.by ?? null,
      for: signature?.for ?? null,
      at: iso(signature?.at ?? null),
    })),
  }
}

export function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
