import type { Socket } from 'node:net'
import { refuse } from './errors/refusal.ts'
import { problemDocument } from './problem-document.ts'

/** What is no HTTP at all never reaches a route: it gets its problem document written to the socket by hand. */
export function answerBrokenRequests(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const problem = problemDocument(refuse(codeOf(error.code)), 'en', '/')
  const body = JSON.stringify(problem)
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${problem.title.slice(0, 60)}`,
      'content-type: application/problem+json; charset=utf-8',
      'content-language: en',
      'connection: close',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}

function codeOf(code: string | undefined) {
  if (code === 'HPE_HEADER_OVERFLOW') return 'SLU_HEADERS_TOO_LARGE'
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'SLU_REQUEST_TIMEOUT' : 'SLU_HEADERS_INVALID'
}
