import type { Person } from '@sluice/sdk'
import { problem, type WriteContext } from '@sluice/sdk/server'
import { caseIdOf } from '../domain/case-id.ts'
import { type TaskRow, tasks } from '../domain/tables.ts'
import { getStanding, getTask } from './answer.ts'
import { getOpen } from './hand-over.ts'
import { note, noteLimits, tell } from './note.ts'
import { seatOf } from './stages.ts'

/** Questions about one task that may wait for an answer at once. */
const questionsMax = 20

const answerForm = {
  type: 'object',
  properties: {
    answer: {
      type: 'string',
      minLength: 1,
      maxLength: noteLimits.textCharsMax,
      title: 'Answer',
      'x-title': { en: 'Answer', 'zh-CN': '答复' },
      'x-ui': 'textarea',
    },
  },
  required: ['answer'],
  additionalProperties: false,
} as const

interface Saying {
  readonly task: string
  readonly text: string
  readonly by: Person
}

/** Command `tasks.ask`: somebody is asked about it before it is decided; unless named, whoever sent it in. */
export function askAbout(context: WriteContext, { task: id, to, text, by }: Saying & { readonly to?: string }): TaskRow {
  const task = getOpen(context, id)
  getStanding(context, task, by)
  if (task.kind === 'question') throw problem('SLU_TASK_QUESTION', 409, 'A question is answered, not asked about')
  const asked = to ?? senderOf(task)
  const open = context.records.count(tasks, { case: caseIdOf(task), state: 'open', kind: 'question' })
  if (open >= questionsMax) throw problem('SLU_TASK_NOTES', 409, `${questionsMax} questions wait for an answer already`)
  const question = seatOf(context, task, {
    kind: 'question',
    case: caseIdOf(task),
    stage: null,
    title: text.slice(0, 500),
    assignee: asked,
    form: answerForm,
    actions: ['reply'],
    fourEyes: false,
    sender: by.id,
    clock: null,
    hasQuestions: null,
    value: null,
    validForMs: null,
    holdMs: null,
  })
  context.records.insert(tasks, question)
  context.records.update(tasks, { id: task.id }, { hasQuestions: true })
  note(context, task, 'asked', by.id, { text, to: asked })
  tell(context, question)
  return getTask(context, id)
}

/** Command `tasks.comment`: said beside the task, decides nothing. */
export function commentOn(context: WriteContext, { task: id, text, by }: Saying): TaskRow {
  const task = getOpen(context, id)
  if (task.sender !== by.id) getStanding(context, task, by)
  note(context, task, 'commented', by.id, { text })
  tell(context, task)
  return task
}

function senderOf(task: TaskRow): string {
  if (task.sender == null) throw problem('SLU_TASK_ASSIGNEE', 422, 'Say whom to ask', [{ path: '/to', message: 'user:…, rep:… or role:…' }])
  return task.sender
}
