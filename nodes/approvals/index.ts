import { definePack, words } from '@sluice/sdk'
import { errors } from './errors.ts'
import { review } from './nodes/review.ts'
import { task } from './nodes/task.ts'
import { veto } from './nodes/veto.ts'

export { answeringRoles } from './domain/addresses.ts'
export { cases, notes, type TaskRow, tasks } from './domain/tables.ts'

/** People decide: tasks with forms, and the veto before money. */
export const approvalsPack = definePack({
  id: 'approvals',
  label: words('People', '人工'),
  requires: ['masking'],
  nodes: [task, review, veto],
  errors,
})
