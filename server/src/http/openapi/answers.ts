import { type ShapeName, shapes } from './shapes.ts'

type Answers = { readonly [status: string]: ShapeName | readonly ShapeName[] }

/** What the routes of the outer contract answer with, by method and path. */
export const answersByRoute: { readonly [route: string]: Answers } = {
  'POST /api/v1/events': { 202: ['Taken', 'TakenBatch'], 200: ['Taken', 'TakenBatch'] },
  'GET /api/v1/runs': { 200: 'RunPage' },
  'GET /api/v1/runs/:id': { 200: 'Run' },
  'GET /api/v1/runs/:id/journal': { 200: 'JournalPage' },
  'POST /api/v1/runs/:id/cancel': { 200: 'Run' },
  'POST /api/v1/runs/:id/retry': { 200: 'Run' },
  'POST /api/v1/runs/:id/rerun-from/:node': { 200: 'Rerun', 201: 'Rerun' },
  'POST /api/v1/flows/:key/validate': { 200: 'Validation' },
  'POST /api/v1/flows/:key/publish': { 201: 'Published' },
  'GET /api/v1/flows/:key/versions': { 200: 'VersionPage' },
  'POST /api/v1/flows/:key/runs': { 202: ['Started', 'StartedAndStanding'], 200: 'StartedAndStanding' },
  'POST /api/v1/flows/:key/simulate': { 200: 'Simulation' },
  'GET /api/v1/customers': { 200: 'CustomerPage' },
  'POST /api/v1/customers': { 201: 'Customer' },
  'GET /api/v1/customers/:id': { 200: 'Customer' },
  'GET /api/v1/customers/:id/consents': { 200: 'Grid' },
  'POST /api/v1/consents': { 201: 'Grant' },
  'POST /api/v1/consents/check': { 200: 'Permission' },
  'POST /api/v1/consents/withdraw': { 202: 'Withdrawn' },
  'GET /api/v1/withdrawals': { 200: 'WithdrawalPage' },
  'GET /api/v1/withdrawals/:id': { 200: 'Withdrawal' },
  'GET /api/v1/tasks': { 200: 'TaskPage' },
  'GET /api/v1/tasks/:id': { 200: 'Task' },
  'POST /api/v1/tasks/:id/answer': { 200: 'Task' },
  'POST /api/v1/tasks/:id/claim': { 200: 'Task' },
  'POST /api/v1/tasks/:id/transfer': { 200: 'Task' },
  'POST /api/v1/tasks/:id/add-signer': { 200: 'Task' },
  'POST /api/v1/tasks/:id/return': { 200: 'Task' },
  'GET /api/v1/audit': { 200: 'AuditPage' },
  'GET /api/v1/audit/verify': { 200: 'Verdict' },
  'GET /api/v1/audit/proof/:seq': { 200: 'Inclusion' },
  'GET /health/live': { 200: 'Health' },
  'GET /health/ready': { 200: 'Health' },
}

/** As the responses of an operation name them; null for a route whose answers nobody outside relies on. */
export function describedAnswers(route: string): { readonly [status: string]: object } | null {
  const answers = answersByRoute[route]
  if (answers === undefined) return null
  return Object.fromEntries(
    Object.entries(answers).map(([status, names]) => {
      const refs = [names].flat().map((name) => ({ $ref: `#/components/schemas/${name}` }))
      const schema = refs.length === 1 ? refs[0] : { anyOf: refs }
      return [status, { description: status === '202' ? 'Taken' : 'Done', content: { 'application/json': { schema } } }]
    }),
  )
}

export const shapeSchemas: { readonly [name: string]: unknown } = shapes
