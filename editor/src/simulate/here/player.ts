import type { PlayAnswer, PlayRequest, WorkerSays } from '@sluice/nodes/simulate/messages'

/** What is played, and what stands in for an answer when there is none: it was ended, or the worker is not to be had. */
export type Asked = Omit<PlayRequest, 'id'>
export type Played = PlayAnswer | { readonly ok: false; readonly why: 'too-long' } | { readonly ok: false; readonly why: 'lost' }

export interface Player {
  play(asked: Asked): Promise<Played>
  /** Starts the worker before anybody asks. */
  warm(): void
}

export interface PlayerLimits {
  /** For one simulation, once the worker is there. */
  readonly timeMs: number
  readonly loadMs: number
}

/** What is used of a `Worker`. */
export type PlayWorker = Pick<Worker, 'postMessage' | 'terminate'> & {
  onmessage: ((event: MessageEvent<WorkerSays>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

interface Waiting {
  readonly asked: Asked
  readonly tell: (played: Played) => void
}

/**
 * One worker that plays one simulation after the other. It is started by the first and stays; one that takes too long is ended with its
 * worker, and those that wait begin anew on a fresh one.
 */
export function createPlayer(start: () => PlayWorker, { timeMs, loadMs }: PlayerLimits): Player {
  let worker: PlayWorker | null = null
  let isLoaded = false
  let playing: (Waiting & { readonly id: number }) | null = null
  let clock: ReturnType<typeof setTimeout> | undefined
  let next = 1
  const waiting: Waiting[] = []

  function begin(): void {
    if (worker !== null) return
    const fresh = start()
    worker = fresh
    isLoaded = false
    clock = setTimeout(lose, loadMs)
    fresh.onmessage = ({ data }) => {
      if (fresh !== worker) return
      if (data.id === null) {
        isLoaded = true
        clearTimeout(clock)
      } else if (data.id === playing?.id) settle(data.answer)
      go()
    }
    fresh.onerror = (event) => {
      event.preventDefault?.()
      if (fresh === worker) lose()
    }
  }

  function go(): void {
    if (playing !== null || waiting.length === 0) return
    begin()
    if (!isLoaded) return
    const first = waiting.shift()
    if (first === undefined) return
    playing = { ...first, id: next++ }
    clock = setTimeout(() => stop('too-long'), timeMs)
    worker?.postMessage({ id: playing.id, ...first.asked } satisfies PlayRequest)
  }

  function settle(played: Played): void {
    clearTimeout(clock)
    const done = playing
    playing = null
    done?.tell(played)
  }

  function stop(why: 'too-long' | 'lost'): void {
    worker?.terminate()
    worker = null
    settle({ ok: false, why })
    go()
  }

  /** It broke while it played, or never came: then it will not come for those who wait either. */
  function lose(): void {
    if (!isLoaded) for (const each of waiting.splice(0)) each.tell({ ok: false, why: 'lost' })
    stop('lost')
  }

  return {
    play: (asked) =>
      new Promise((tell) => {
        waiting.push({ asked, tell })
        go()
      }),
    warm: begin,
  }
}
