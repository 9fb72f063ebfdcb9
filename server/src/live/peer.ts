import type { Caller } from '@sluice/sdk/server'
import type { WebSocket } from 'ws'
import type { Identity } from '../auth/identify.ts'
import type { Language } from '../http/language.ts'
import { closeCodes, liveLimits } from './limits.ts'
import type { ClientMessage, Here } from './messages.ts'
import { readMessage } from './messages.ts'

/** What others may know of somebody: a name, a colour, where they are. */
export interface PeerView extends Here {
  readonly id: string
  readonly name: string
  /** The same for all windows of one person, and different between people, within this flow only. */
  readonly person: number
  readonly mayWrite: boolean
}

export interface PeerOptions {
  readonly socket: WebSocket
  readonly id: string
  readonly caller: Caller
  readonly language: Language
  /** Who it is now; null once the session is over. */
  readonly reidentify: () => Identity | null
  readonly now: () => number
  readonly onMessage: (peer: Peer, message: ClientMessage) => void
  readonly onClose: (peer: Peer) => void
}

const nowhere: Here = { selection: [], field: null, cursor: null, view: null }

/** One window that looks at a flow. Whatever it sends is bounded in size and rate before it is looked at. */
export class Peer {
  readonly id: string
  readonly owner: string
  readonly language: Language
  person = 0
  here: Here = nowhere
  readonly #options: PeerOptions
  #alive = true
  #windowFrom = 0
  #bytes = 0
  #messages = 0

  constructor(options: PeerOptions) {
    this.#options = options
    const { socket, id, caller, language } = options
    this.id = id
    this.owner = `${caller.actor.kind}:${caller.actor.id}`
    this.language = language
    socket.on('pong', () => {
      this.#alive = true
    })
    socket.on('close', () => options.onClose(this))
    socket.on('message', (data, isBinary) => this.#take(data as Buffer, isBinary))
  }

  get caller(): Caller {
    return this.#options.caller
  }

  get view(): PeerView {
    return { id: this.id, name: this.caller.name, person: this.person, mayWrite: this.caller.may('flows.write'), ...this.here }
  }

  /** Asked with every change: a right that was taken away a moment ago counts. */
  mayStillWrite(): boolean {
    return this.#options.reidentify()?.caller.may('flows.write') === true
  }

  /** What they send after being shown out is not looked at. */
  get isLeaving(): boolean {
    return this.#options.socket.readyState !== this.#options.socket.OPEN
  }

  send(text: string): void {
    const { socket } = this.#options
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > liveLimits.waitingBytesMax) socket.terminate()
    else socket.send(text)
  }

  close(code: number, reason = ''): void {
    const { socket } = this.#options
    socket.close(code, reason)
    // Who does not answer the farewell is cut off.
    setTimeout(() => socket.terminate(), 2_000).unref()
  }

  /** Cuts off who is silent, signed out, or has other rights than when they came. */
  beat(): void {
    const { socket, reidentify, caller } = this.#options
    if (!this.#alive) {
      socket.terminate()
      return
    }
    const identity = reidentify()
    // With other roles they come anew and see what they may now.
    const hasChanged = identity !== null && identity.caller.roles.join() !== caller.roles.join()
    if (identity === null) this.close(closeCodes.signedOut)
    else if (!identity.caller.may('flows.read')) this.close(closeCodes.denied)
    else if (hasChanged) this.close(closeCodes.again)
    else {
      this.#alive = false
      socket.ping()
    }
  }

  #take(data: Buffer, isBinary: boolean): void {
    if (this.isLeaving) return
    const at = this.#options.now()
    // A clock that was set back begins a new window too, or the next one would come only when it has caught up.
    if (at < this.#windowFrom || at - this.#windowFrom > liveLimits.windowMs) {
      this.#windowFrom = at
      this.#bytes = 0
      this.#messages = 0
    }
    this.#bytes += data.length
    this.#messages += 1
    if (this.#bytes > liveLimits.bytesPerWindowMax || this.#messages > liveLimits.messagesPerWindowMax) {
      this.close(closeCodes.rate, 'SLU_LIVE_RATE')
      return
    }
    const message = isBinary ? null : readMessage(data.toString('utf8'))
    if (message === null) this.close(closeCodes.message, 'SLU_LIVE_MESSAGE')
    else this.#options.onMessage(this, message)
  }
}
