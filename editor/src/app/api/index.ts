export { type AlertView, acknowledgeAlert, alertsQuery } from './alerts.ts'
export { type AuditFilters, auditQuery, verifyAudit } from './audit.ts'
export { type CalendarBody, type CalendarView, calendarsQuery, readCalendarFile, removeCalendar, saveCalendar } from './calendars.ts'
export { queryClient } from './client.ts'
export {
  consentsQuery,
  customerQuery,
  customersQuery,
  fieldsQuery,
  type ImportRequest,
  importCustomers,
  repsQuery,
  saveRep,
  strategiesQuery,
} from './customers.ts'
export { createFlow, deleteFlow, flowsQuery, readFlow } from './flows.ts'
export { journalQuery } from './journal.ts'
export { messagesQuery } from './messages.ts'
export { type Notice, noticesQuery, readNotices } from './notices.ts'
export { type Permit, permitsOfRun } from './permits.ts'
export { type FieldProblem, isProblem, type ProblemBody, ProblemError } from './problem-error.ts'
export { type Answer, api, apiBase, newKey, type Query, send, urlOf, whenSignedOut } from './request.ts'
export { cancelRun, type RunFilters, retryRun, runQuery, runsQuery } from './runs.ts'
export { firstStop, keepLanguage, noteFirstRun, sessionQuery, setupQuery, signIn, signOut, useMay, useSession } from './session.ts'
export * from './settings.ts'
export type * from './shapes.ts'
export { mergeBySeq } from './stream-merge.ts'
export {
  absencesQuery,
  addSigner,
  answerTask,
  askAbout,
  claimTask,
  commentOn,
  endAbsence,
  peopleQuery,
  returnTask,
  setAbsence,
  type TaskAnswer,
  type TaskView,
  taskQuery,
  tasksQuery,
  transferTask,
  withdrawTask,
} from './tasks.ts'
export { type LiveState, type StreamMessage, type StreamWish, useLive, useStream } from './use-stream.ts'
export { type GrantRequest, grantConsent, type WithdrawRequest, withdrawalQuery, withdrawalsQuery, withdrawConsent } from './withdrawals.ts'
