import {
  after,
  durationMs,
  failure,
  type Json,
  type JsonObject,
  keptText,
  leave,
  type NodeOutcome,
  type StepContext,
  type Text,
  type WorkingCalendar,
  waitForTask,
  words,
  workingCalendar,
} from '@sluice/sdk'
import type { Static } from 'typebox'
import { caseLimits, type Stage, signerCount, stageOf } from '../domain/case.ts'
import { dueAtOf } from '../domain/due.ts'
import { formLimits, formProblem } from '../domain/form.ts'
import { type CaseRow, type TaskClock, type TaskRow, tasks } from '../domain/tables.ts'
import type { Signing } from '../nodes/signing.ts'
import { defaultActions, type TaskConfig } from '../nodes/task.ts'
import type { VetoConfig } from '../nodes/veto.ts'
import { authorsOf, senderOf } from './authors.ts'
import { arm } from './clocks.ts'
import { hashOf } from './hash.ts'
import { somebody } from './somebody.ts'
import { openStage } from './stages.ts'

/** What a veto asks beside the decision itself. */
export const reasonForm = {
  type: 'object',
  properties: {
    reason: { type: 'string', maxLength: 2_000, title: 'Reason', 'x-title': { en: 'Reason', 'zh-CN': '理由' }, 'x-ui': 'textarea' },
  },
  additionalProperties: false,
} as const

export function titleOf(title: Text | undefined): Pick<TaskRow, 'title' | 'titles'> {
  const { text, both } = keptText(title)
  return { title: text, titles: both }
}

/** Puts a task into the inbox and waits, in one transaction. */
export function openTask(context: StepContext<Static<typeof TaskConfig>>): NodeOutcome {
  const { config, now } = context
  const form = config.form ?? { type: 'object' }
  if (formProblem(form as Json) !== null) return failure('SLU_TASK_FORM', words('The form cannot be used.', '表单无法使用。'))
  const calendar =
    config.due === undefined || config.calendar === undefined
      ? null
      : (workingCalendar(config.calendar) ?? context.command<WorkingCalendar | null>('core.calendar.find', { id: config.calendar }))
  if (config.due !== undefined && config.calendar !== undefined && calendar === null)
    return failure('SLU_CALENDAR_UNKNOWN', words(`There is no calendar ${config.calendar}.`, `没有工作日历 ${config.calendar}。`))
  const dueAt = config.due === undefined ? null : dueAtOf(now, config.due, calendar)
  if (config.due !== undefined && dueAt === null)
    return failure('SLU_TASK_DUE', words('The time limit is no ISO 8601 duration.', '时限不是 ISO 8601 时长。'))
  const actions = config.actions ?? defaultActions
  const shown = (config.show === undefined ? context.input : config.show) as Json
  const kept = config.keep === true ? earlierApproval(context, hashOf(shown), actions[0] ?? '') : null
  if (kept !== null) return kept
  return open(
    context,
    {
      kind: 'task',
      ...titleOf(config.title),
      assignee: config.assignee,
      form: form as TaskRow['form'],
      shown,
      dueAt,
      actions,
      value: null,
      validForMs: null,
      holdMs: null,
      withdrawable: config.withdrawable ?? null,
      fourEyes: config.fourEyes ?? false,
    },
    config,
    config.withdrawable === true ? [...actions, 'withdrawn'] : actions,
  )
}

/** Asks a person to approve exactly this value. */
export function openVeto(context: StepContext<Static<typeof VetoConfig>>): NodeOutcome {
  const { config, now } = context
  const dueAt = after(now, config.validFor ?? 'P1D')
  if (dueAt === null) return failure('SLU_TASK_DUE', words('The time limit is no ISO 8601 duration.', '时限不是 ISO 8601 时长。'))
  const value = (config.value ?? null) as Json
  return open(
    context,
    {
      kind: 'veto',
      ...titleOf(config.title),
      assignee: config.approver,
      form: reasonForm,
      shown: { value },
      dueAt,
      actions: ['approve', 'veto'],
      value,
      validForMs: dueAt - now,
      holdMs: config.hold === undefined ? null : durationMs(config.hold, now),
      withdrawable: null,
      fourEyes: true,
    },
    config,
    ['approved', 'vetoed'],
  )
}

export type Ask = Pick<
  TaskRow,
  | 'kind'
  | 'title'
  | 'titles'
  | 'assignee'
  | 'form'
  | 'shown'
  | 'dueAt'
  | 'actions'
  | 'value'
  | 'validForMs'
  | 'fourEyes'
  | 'holdMs'
  | 'withdrawable'
>

/** One row for one signature; several signatures are a case whose first row has the case's id. */
export function open<Config>(
  context: StepContext<Config>,
  ask: Ask,
  config: Signing & { readonly author?: string },
  ports: readonly string[],
): NodeOutcome {
  if (JSON.stringify(ask.shown).length > formLimits.answerCharsMax)
    return failure('SLU_TASK_SIZE', words('The task shows too much.', '待办展示的内容过多。'))
  const authors = authorsOf(context, config.author)
  const excluded = ask.fourEyes ? authors : []
  const names = [typeof ask.assignee === 'string' ? ask.assignee : '', ...named(config.together)]
  const found = [[...new Set(names)], ...named(config.next).map((who) => [who])].map((stage) =>
    stage.map((who) => somebody(context, who, config.ifNobody, excluded)),
  )
  const missing = found.flat().flatMap((each) => ('nobody' in each ? each.nobody : []))
  if (missing.includes('incident')) return nobodyThere()
  if (missing.length > 0) return failure('SLU_TASK_ASSIGNEE', words('The task has no assignee.', '待办没有处理人。'))
  const stages = found.map((stage, at) =>
    stageFor(
      stage.flatMap((each) => ('who' in each ? each.who : [])),
      at,
      config,
    ),
  )
  if (signerCount(stages) > caseLimits.signersMax || stages.length > caseLimits.stagesMax)
    return failure(
      'SLU_TASK_SIGNERS',
      words(
        `At most ${caseLimits.signersMax} signers in ${caseLimits.stagesMax} stages.`,
        `最多 ${caseLimits.signersMax} 位签署人、${caseLimits.stagesMax} 个环节。`,
      ),
    )
  const task = firstRow(context, ask, stages, { authors, author: config.author, clock: clockOf(config, context.now) })
  context.records.insert(tasks, task)
  arm(context, task)
  context.notify('tasks', { task: task.id, assignee: task.assignee, state: 'open' })
  if (task.case != null) openCase(context, task, stages)
  return waitForTask(task.id, ports, task.dueAt, {
    assignee: task.assignee,
    ...(task.case == null ? {} : { signers: signerCount(stages) }),
  })
}

function firstRow<Config>(
  context: StepContext<Config>,
  ask: Ask,
  stages: readonly Stage[],
  {
    authors,
    author,
    clock,
  }: { readonly authors: readonly string[]; readonly author: string | undefined; readonly clock: TaskClock | null },
): TaskRow {
  const { run, node, now } = context
  const id = context.newId()
  const isCase = signerCount(stages) > 1
  return {
    ...ask,
    assignee: stages[0]?.seats[0]?.who ?? ask.assignee,
    id,
    run: run.id,
    flow: run.flow,
    node,
    subject: run.subject,
    shownHash: hashOf(ask.shown),
    claimedBy: null,
    authors,
    sender: senderOf(context, author),
    clock,
    case: isCase ? id : null,
    stage: isCase ? 0 : null,
    state: 'open',
    createdAt: now,
    answeredAt: null,
    answeredBy: null,
    action: null,
    data: null,
    redacted: false,
  }
}

function openCase<Config>(context: StepContext<Config>, task: TaskRow, stages: readonly Stage[]): void {
  const [first, ...rest] = stages
  const seats = first?.seats.map((seat, index) => (index === 0 ? { ...seat, task: task.id } : seat)) ?? []
  const row: CaseRow = {
    id: task.id,
    run: task.run,
    subject: task.subject,
    stages: first === undefined ? [] : [{ ...first, seats }, ...rest],
    at: 0,
    state: 'open',
    createdAt: context.now,
  }
  openStage(context, row, 0, task)
}

function stageFor(who: readonly string[], at: number, { sign, ratio }: Signing): Stage {
  return at === 0 ? stageOf([...new Set(who)], sign ?? 'all', ratio ?? null) : stageOf(who)
}

function named(list: readonly unknown[] | undefined): readonly string[] {
  return (list ?? []).filter((each): each is string => typeof each === 'string' && each.trim() !== '')
}

function clockOf({ remindAfter, escalateAfter, escalateTo }: Signing, now: number): TaskClock | null {
  if (remindAfter === undefined && escalateAfter === undefined) return null
  const remindMs = remindAfter === undefined ? null : durationMs(remindAfter, now)
  const escalateMs = escalateAfter === undefined ? null : durationMs(escalateAfter, now)
  return { remindMs: remindMs === null ? null : Math.max(60_000, remindMs), escalateMs, escalateTo: escalateTo ?? null }
}

/** An operator has to look: no retry and no way round it. */
function nobodyThere(): NodeOutcome {
  const text = words(
    'Nobody is there who may answer this; give somebody the role or change who is asked.',
    '没有人可以处理此待办；请为他人分配该角色，或更换处理人。',
  )
  return { kind: 'failure', error: { code: 'SLU_TASK_NOBODY', message: text.en, text, terminal: true, person: true } }
}

/** The approval of the same content at this step earlier in the run, as it left. */
function earlierApproval<Config>({ records, run, node }: StepContext<Config>, shownHash: string, passes: string): NodeOutcome | null {
  const where = { run: run.id, node, state: 'answered', action: passes, shownHash, kind: 'task' } as const
  const [task] = records.list(tasks, { where, orderBy: [['answeredAt', 'desc']], limit: 1 })
  if (task === undefined || (task.case != null && task.case !== task.id)) return null
  const at = new Date(task.answeredAt ?? 0).toISOString()
  const output: JsonObject = { task: task.id, action: task.action, data: task.data, by: task.answeredBy, at, kept: true }
  return leave(passes, output, { kept: task.id, by: task.answeredBy })
}
