/**
 * The socket of one open flow, kept open. Moves: `connecting` → `live` ⇄ `away` (cut; tried again with growing pauses, without a network
 * not before it is back) → `ended` (closed here, or the server said that there is nothing to come back to).
 */
export type LinkState = 'connecting' | 'live' | 'away' | 'ended'

export interface LinkPorts {
  open(url: string): WebSocket
  later(act: () => void, ms: number): () => void
  random(): number
  /** The server may not know this browser any more. */
  signedOut(): void
}

export interface LinkListener {
  onState(state: LinkState): void
  onMessage(message: unknown): void
}

const linkLimits = { retryMsMin: 500, retryMsMax: 15_000 } as const

/** `WebSocket.OPEN`, which a test without a browser does not have. */
const openSocket = 1

/** As the server says them (server/src/live/limits.ts). */
const signedOut = 4401
const noWayBack: ReadonlySet<number> = new Set([4403, 4404])

export class Link {
  readonly #url: string
  readonly #ports: LinkPorts
  readonly #listener: LinkListener
  #socket: WebSocket | null = null
  #state: LinkState = 'connecting'
  #cancel: () => void = () => {}
  #isResting = false
  /** Attempts in a row that led nowhere. */
  failures = 0

  constructor(url: string, ports: LinkPorts, listener: LinkListener) {
    this.#url = url
    this.#ports = ports
    this.#listener = listener
    this.#open()
  }

  get state(): LinkState {
    return this.#state
  }

  send(message: object): boolean {
    // A socket that is closing tells its listener later; what is written to it until then goes nowhere.
    if (this.#state !== 'live' || this.#socket?.readyState !== openSocket) return false
    this.#socket.send(JSON.stringify(message))
    return true
  }

  /** The network is back: no need to wait. */
  hurry(): void {
    this.#isResting = false
    if (this.#state !== 'away') return
    this.#cancel()
    this.#open()
  }

  /** The network is gone: what was opened over it is as good as closed, and nothing leads anywhere until it is back. */
  drop(): void {
    this.#isResting = true
    this.#cancel()
    const socket = this.#socket
    if (socket === null) return
    this.#cut(0)
    socket.close()
  }

  end(): void {
    this.#cancel()
    this.#enter('ended')
    this.#socket?.close()
    this.#socket = null
  }

  #open(): void {
    let socket: WebSocket
    try {
      socket = this.#ports.open(this.#url)
    } catch {
      this.#cut(0)
      return
    }
    this.#socket = socket
    socket.onmessage = (event) => {
      if (socket !== this.#socket) return
      let message: unknown
      try {
        message = JSON.parse(String(event.data))
      } catch {
        return
      }
      if (this.#state !== 'live') {
        this.failures = 0
        this.#enter('live')
      }
      this.#listener.onMessage(message)
    }
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#cut(event.code)
    }
  }

  #cut(code: number): void {
    this.#socket = null
    if (this.#state === 'ended') return
    if (noWayBack.has(code)) {
      this.#enter('ended')
      return
    }
    if (!this.#isResting) this.failures += 1
    this.#enter('away')
    if (code === signedOut) this.#ports.signedOut()
    if (this.#isResting) return
    const pause = Math.min(linkLimits.retryMsMax, linkLimits.retryMsMin * 2 ** Math.min(this.failures - 1, 6))
    // Not all at the same moment after a restart.
    this.#cancel = this.#ports.later(() => this.#open(), pause * (0.75 + this.#ports.random() / 2))
  }

  #enter(state: LinkState): void {
    if (this.#state === state && state !== 'away') return
    this.#state = state
    this.#listener.onState(state)
  }
}
