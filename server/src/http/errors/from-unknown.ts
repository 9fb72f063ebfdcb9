import { words } from '@sluice/sdk'
import { problem, SluiceProblem } from '@sluice/sdk/server'
import { type Refusal, refuse } from './refusal.ts'

interface FrameworkError {
  readonly code?: unknown
  readonly statusCode?: unknown
}

/** What SQLite says of a file or a disk that cannot be read any more. */
const damage = /^SQLITE_(CORRUPT|IOERR|NOTADB)/

/** Whatever was thrown, as a refusal with a code; what nobody expected is `SLU_INTERNAL` and tells the outside nothing. */
export function asProblem(
  error: unknown,
  limits: { readonly bodyBytesMax: number; readonly sent: string; readonly accepted: string },
): SluiceProblem {
  if (error instanceof SluiceProblem) return error
  const { code, statusCode } = (error ?? {}) as FrameworkError
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse('SLU_BODY_TOO_LARGE', { values: { limit: limits.bodyBytesMax } })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return refuse('SLU_MEDIA_TYPE_REFUSED', { values: { sent: limits.sent, accepted: limits.accepted } })
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return refuse('SLU_BODY_EMPTY')
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'ECONNRESET':
      return refuse('SLU_BODY_INCOMPLETE')
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return refuse('SLU_BODY_NOT_JSON')
    case 'FST_ERR_BAD_URL':
      return refuse('SLU_ID_INVALID', { values: { name: 'url' } })
    default:
      return typeof code === 'string' && damage.test(code) ? damaged(code) : ofStatus(statusCode)
  }
}

/** Its code alone: the rest of what SQLite says could quote a row. */
function damaged(code: string): SluiceProblem {
  return problem('SLU_DATA_DAMAGED', 500, words(`The database cannot be read (${code})`, `无法读取数据库(${code})`))
}

function ofStatus(status: unknown): Refusal {
  if (status === 404) return refuse('SLU_ROUTE_UNKNOWN', { values: { method: '', path: '' } })
  if (typeof status === 'number' && status >= 400 && status < 500) return refuse('SLU_HEADERS_INVALID')
  return refuse('SLU_INTERNAL')
}
