/** What the server said no with (RFC 9457), or why it could not be asked at all. */
export interface ProblemBody {
  readonly code?: string
  readonly title?: string
  readonly detail?: string
  readonly errors?: readonly FieldProblem[]
  readonly [extra: string]: unknown
}

export interface FieldProblem {
  readonly path: string
  readonly message: string
}

export class ProblemError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** `SLU_…`, or `SLU_NETWORK` and `SLU_ANSWER_UNREADABLE` made here. */
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly errors: readonly FieldProblem[]
  /** The whole body: a 412 carries both versions, a 422 the problems of a flow. */
  readonly body: ProblemBody

  constructor(status: number, body: ProblemBody) {
    super(body.detail || body.title || body.code || `HTTP ${status}`)
    this.name = 'ProblemError'
    this.status = status
    this.code = body.code ?? 'SLU_ANSWER_UNREADABLE'
    this.title = body.title ?? ''
    this.detail = body.detail ?? ''
    this.errors = Array.isArray(body.errors) ? body.errors : []
    this.body = body
  }
}

export function isProblem(error: unknown, ...statuses: readonly number[]): error is ProblemError {
  return error instanceof ProblemError && (statuses.length === 0 || statuses.includes(error.status))
}
