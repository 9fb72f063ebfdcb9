import { definePackServer } from '@sluice/sdk/server'
import { receipts, tasks } from '../domain/tables.ts'
import { answerTask } from './answer.ts'
import { closeTask, redactTasks } from './close.ts'
import { claimTask, transferTask } from './hand-over.ts'
import { openTask, openVeto } from './open-task.ts'
import { spendReceipt } from './receipts.ts'
import { routes } from './routes.ts'

/** The task inbox and the receipts of vetoes. */
export const approvalsServer = definePackServer({
  id: 'approvals',
  tables: [tasks, receipts],
  commands: {
    'tasks.answer': answerTask,
    'tasks.claim': claimTask,
    'tasks.transfer': transferTask,
    'tasks.closed': closeTask,
    'tasks.redact': redactTasks,
    'approvals.spend': spendReceipt,
  },
  steps: { 'approvals.task': openTask, 'approvals.veto': openVeto },
  routes,
})
