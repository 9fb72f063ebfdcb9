import { definePackServer } from '@sluice/sdk/server'
import { absences, cases, notes, receipts, switches, tasks } from '../domain/tables.ts'
import { endAbsence, setAbsence } from './absences.ts'
import { addSigner } from './add-signer.ts'
import { answerTask } from './answer.ts'
import { askAbout, commentOn } from './ask.ts'
import { escalateTask, remindTask } from './clocks.ts'
import { closeTask, redactTasks } from './close.ts'
import { releaseTask } from './decide.ts'
import { returnTask } from './give-back.ts'
import { claimTask, transferTask } from './hand-over.ts'
import { openReview } from './open-review.ts'
import { openTask, openVeto } from './open-task.ts'
import { spendReceipt } from './receipts.ts'
import { routes } from './routes.ts'
import { setSwitch } from './switches.ts'
import { withdrawTask } from './withdraw.ts'

/** The task inbox and the receipts of vetoes. */
export const approvalsServer = definePackServer({
  id: 'approvals',
  tables: [tasks, cases, notes, absences, switches, receipts],
  commands: {
    'tasks.answer': answerTask,
    'tasks.claim': claimTask,
    'tasks.transfer': transferTask,
    'tasks.add-signer': addSigner,
    'tasks.return': returnTask,
    'tasks.withdraw': withdrawTask,
    'tasks.ask': askAbout,
    'tasks.comment': commentOn,
    'tasks.remind': remindTask,
    'tasks.escalate': escalateTask,
    'tasks.release': releaseTask,
    'tasks.closed': closeTask,
    'tasks.redact': redactTasks,
    'absences.set': setAbsence,
    'absences.end': endAbsence,
    'approvals.switch': setSwitch,
    'approvals.spend': spendReceipt,
  },
  steps: { 'approvals.task': openTask, 'approvals.veto': openVeto, 'approvals.review': openReview },
  routes,
})

export { answerRehearsed } from './rehearsed-answer.ts'
export { type Waiting, waitsFor } from './waits-for.ts'
