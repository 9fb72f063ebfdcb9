import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Refusal, refuse } from './errors/refusal.ts'
import { languageOf } from './language.ts'
import { problemDocument } from './problem-document.ts'
import { apiHeaders } from './security-headers.ts'

/** What is no HTTP at all never reaches a route: it gets its problem document written to the socket by hand. */
export function answerBrokenRequests(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  endWith(socket, refuse(codeOf(error.code)))
}

/** Node answers these on its own before a route is looked for: with an empty 417, and by closing the connection. */
export function answerUnusualRequests(server: Server): void {
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const language = languageOf(request.headers['accept-language'])
    const problem = problemDocument(refuse('SLU_EXPECTATION_REFUSED'), language, '/')
    // The body of such a request may or may not follow, so nothing more is read from this connection.
    const headers = { ...apiHeaders, 'content-type': 'application/problem+json; charset=utf-8', 'content-language': language }
    response.writeHead(problem.status, { ...headers, connection: 'close' }).end(JSON.stringify(problem))
  })
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
    endWith(socket, refuse('SLU_METHOD_REFUSED', { values: { method: 'CONNECT', allowed: 'GET' }, headers: { allow: 'GET' } }))
  })
}

function endWith(socket: Duplex, refusal: Refusal): void {
  const problem = problemDocument(refusal, 'en', '/')
  const body = JSON.stringify(problem)
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${problem.title.slice(0, 60)}`,
      'content-type: application/problem+json; charset=utf-8',
      'content-language: en',
      ...Object.entries(refusal.headers).map(([name, value]) => `${name}: ${value}`),
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
