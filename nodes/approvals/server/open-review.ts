import { after, failure, type Json, leave, type NodeOutcome, type StepContext, words } from '@sluice/sdk'
import type { Static } from 'typebox'
import type { ReviewConfig } from '../nodes/review.ts'
import { open, reasonForm, titleOf } from './open-task.ts'
import { isOn } from './switches.ts'

/** A review is never one's own, never of money by sample, and never approved by silence. */
export function openReview(context: StepContext<Static<typeof ReviewConfig>>): NodeOutcome {
  const { config, now } = context
  const dueAt = after(now, config.due ?? 'PT4H')
  if (dueAt === null) return failure('SLU_TASK_DUE', words('The time limit is no ISO 8601 duration.', '时限不是 ISO 8601 时长。'))
  const content = (config.content ?? null) as Json
  const isHigh = config.highValue === true
  const isMoney = config.amount !== undefined && config.amount !== null && config.amount !== '' && config.amount !== 0
  const share = config.share ?? 1
  if (share < 1 && !isHigh && !isMoney && context.random() >= share)
    return leave('unreviewed', { content, reviewed: false }, { sampled: false, share })
  const needsDirector = isHigh && isOn(context.records, 'dual-track')
  const signing = {
    ...(needsDirector ? { next: [config.director === undefined || config.director === '' ? 'role:director' : config.director] } : {}),
    ...(config.ifNobody === undefined ? {} : { ifNobody: config.ifNobody }),
    ...(config.author === undefined ? {} : { author: config.author }),
  }
  return open(
    context,
    {
      kind: 'task',
      ...titleOf(config.title),
      assignee: config.reviewer,
      form: reasonForm,
      shown: { proposal: content, ...(isMoney ? { amount: config.amount as Json } : {}) },
      dueAt,
      actions: ['approved', 'rejected'],
      value: null,
      validForMs: null,
      holdMs: null,
      withdrawable: null,
      fourEyes: true,
    },
    signing,
    ['approved', 'rejected'],
  )
}
