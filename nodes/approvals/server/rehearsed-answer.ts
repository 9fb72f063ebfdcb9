import type { Json, JsonObject } from '@sluice/sdk'
import type { WriteContext } from '@sluice/sdk/server'
import { type TaskRow, tasks } from '../domain/tables.ts'
import { membersOf } from './decide.ts'
import { issueReceipt } from './receipts.ts'

const by = 'simulation'

export interface RehearsedAnswer {
  readonly run: string
  readonly task: string
  readonly action: string
  readonly data: Json
}

/**
 * What a simulation does with an answer. An approval about money leads on with the value that was put and a receipt for it, as the real
 * one does, so that whatever spends the receipt can be tried; whoever writes the data of the answer says otherwise.
 */
export function answerRehearsed(context: WriteContext, { run, task: id, action, data }: RehearsedAnswer): void {
  const task = context.records.find(tasks, { id })
  const output = task?.kind === 'veto' ? { ...decided(context, task, action), ...membersOf(data) } : data
  context.runs.answerTask(run, id, action, output, by)
}

function decided(context: WriteContext, task: TaskRow, action: string): JsonObject {
  const { value } = task
  return action === 'approved' ? { ...membersOf(value), value, receipt: issueReceipt(context, task, { id: by }) } : { value }
}
