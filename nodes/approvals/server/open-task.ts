import { after, failure, type Json, type NodeOutcome, type StepContext, waitForTask } from '@sluice/sdk'
import type { Static } from 'typebox'
import { formLimits, formProblem } from '../domain/form.ts'
import { type TaskRow, tasks } from '../domain/tables.ts'
import { defaultActions, type TaskConfig } from '../nodes/task.ts'
import type { VetoConfig } from '../nodes/veto.ts'
import { authorsOf } from './authors.ts'
import { hashOf } from './hash.ts'

/** What a veto asks beside the decision itself. */
const vetoForm = {
  type: 'object',
  properties: {
    reason: { type: 'string', maxLength: 2_000, title: 'Reason', 'x-title': { en: 'Reason', 'zh-CN': '理由' }, 'x-ui': 'textarea' },
  },
  additionalProperties: false,
} as const

/** Puts a task into the inbox and waits, in one transaction. */
export function openTask(context: StepContext<Static<typeof TaskConfig>>): NodeOutcome {
  const { config, now } = context
  const form = config.form ?? { type: 'object' }
  if (formProblem(form as Json) !== null) return failure('SLU_TASK_FORM', 'The form cannot be used.')
  const dueAt = config.due === undefined ? null : after(now, config.due)
  if (config.due !== undefined && dueAt === null) return failure('SLU_TASK_DUE', 'The time limit is no ISO 8601 duration.')
  const actions = config.actions ?? defaultActions
  const shown = (config.show === undefined ? context.input : config.show) as Json
  const ask = {
    kind: 'task',
    title: config.title,
    assignee: config.assignee,
    form,
    shown,
    dueAt,
    actions,
    value: null,
    validForMs: null,
  } as const
  return open(context, { ...ask, form: form as TaskRow['form'], fourEyes: config.fourEyes ?? false }, config.author, actions)
}

/** Asks a person to approve exactly this value. */
export function openVeto(context: StepContext<Static<typeof VetoConfig>>): NodeOutcome {
  const { config, now } = context
  const dueAt = after(now, config.validFor ?? 'P1D')
  if (dueAt === null) return failure('SLU_TASK_DUE', 'The time limit is no ISO 8601 duration.')
  const value = (config.value ?? null) as Json
  return open(
    context,
    {
      kind: 'veto',
      title: config.title ?? '',
      assignee: config.approver,
      form: vetoForm,
      shown: { value },
      dueAt,
      actions: ['approve', 'veto'],
      value,
      validForMs: dueAt - now,
      fourEyes: true,
    },
    config.author,
    ['approved', 'vetoed'],
  )
}

type Ask = Pick<TaskRow, 'kind' | 'title' | 'assignee' | 'form' | 'shown' | 'dueAt' | 'actions' | 'value' | 'validForMs' | 'fourEyes'>

function open<Config>(context: StepContext<Config>, ask: Ask, author: string | undefined, ports: readonly string[]): NodeOutcome {
  if (typeof ask.assignee !== 'string' || ask.assignee === '') return failure('SLU_TASK_ASSIGNEE', 'The task has no assignee.')
  if (JSON.stringify(ask.shown).length > formLimits.answerCharsMax) return failure('SLU_TASK_SIZE', 'The task shows too much.')
  const { run, node, now } = context
  const task: TaskRow = {
    ...ask,
    id: context.newId(),
    run: run.id,
    flow: run.flow,
    node,
    subject: run.subject,
    shownHash: hashOf(ask.shown),
    claimedBy: null,
    authors: authorsOf(context, author),
    state: 'open',
    createdAt: now,
    answeredAt: null,
    answeredBy: null,
    action: null,
    data: null,
    redacted: false,
  }
  context.records.insert(tasks, task)
  context.notify('tasks', { task: task.id, assignee: task.assignee, state: 'open' })
  return waitForTask(task.id, ports, task.dueAt, { assignee: task.assignee })
}
