/**
 * One kept-open connection that posts and waits for each answer, on a bare socket. A general HTTP client takes more of two shared cores
 * than the server it measures (autocannon 135 µs a request, this 40), and the figures would then be the client's.
 */
import { connect } from 'node:net'

export interface Answer {
  readonly status: number
  readonly ms: number
}

export interface Sender {
  /** One at a time. `since` is when it should have left; what it waited for a free connection counts. */
  post(body: string, since?: number): Promise<Answer>
  close(): void
}

export function sender(url: string, path: string, headers: Readonly<Record<string, string>>): Promise<Sender> {
  const { hostname, port } = new URL(url)
  const lines = Object.entries({ host: `${hostname}:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${path} HTTP/1.1\r\n${lines.join('')}content-length: `
  return new Promise((opened, refused) => {
    let waiting: { readonly since: number; readonly settle: (answer: Answer) => void; readonly fail: (error: Error) => void } | null = null
    let heard = ''
    const socket = connect({ host: hostname, port: Number(port), noDelay: true }).setEncoding('latin1')
    const broken = (error: Error) => {
      refused(error)
      waiting?.fail(error)
      waiting = null
    }
    socket.once('error', broken)
    socket.once('close', () => broken(new Error('the server closed the connection')))
    socket.on('data', (part: string) => {
      heard += part
      if (waiting === null || !isWhole(heard)) return
      const { since, settle } = waiting
      const status = Number(heard.slice(9, 12))
      waiting = null
      heard = ''
      settle({ status, ms: performance.now() - since })
    })
    socket.once('connect', () =>
      opened({
        post: (body, since = performance.now()) =>
          new Promise((settle, fail) => {
            waiting = { since, settle, fail }
            socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
          }),
        close: () => socket.destroy(),
      }),
    )
  })
}

/** Answers of the routes measured here say their length. */
function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1]
  if (length === undefined) throw new Error('an answer came without content-length')
  return answer.length >= end + 4 + Number(length)
}
