/** What runs inside the page: drives it frame by frame and takes the times. It is handed over as text, so it stands alone. */
export interface Frames {
  readonly fps: number
  readonly p95: number
  readonly worst: number
}

export interface Probe {
  frames(act: (frame: number) => void, count: number): Promise<Frames>
  wheel(dx: number, dy: number, zoom?: boolean): void
  until(seen: () => boolean, withinMs?: number): Promise<number>
  /** Waits for the next key or press, then for what it makes of an element. */
  arm(selector: string, wish: 'appears' | 'changes' | 'next frame'): void
  /** Milliseconds from that key or press to the frame that shows it. */
  armed: Promise<number>
  /** Milliseconds of each check of the flow, from the question to its answer. */
  readonly checks: number[]
  /** Changes of a run, as if the server had told of them, frame by frame for some seconds. */
  feed(flow: string, perSecond: number, steps: number, seconds: number): Promise<Frames>
}

export function installProbe(): void {
  const surface = () => document.querySelector<HTMLElement>('[data-testid="canvas"] .react-flow__pane')
  const next = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
  const probe: Probe = {
    async frames(act, count) {
      const gaps: number[] = []
      await next()
      let before = await next()
      const start = before
      for (let frame = 0; frame < count; frame++) {
        act(frame)
        const now = await next()
        gaps.push(now - before)
        before = now
      }
      gaps.sort((a, b) => a - b)
      return { fps: (1_000 * count) / (before - start), p95: gaps[Math.floor(gaps.length * 0.95)] ?? 0, worst: gaps.at(-1) ?? 0 }
    },
    wheel(dx, dy, zoom = false) {
      const pane = surface()
      const box = pane?.getBoundingClientRect()
      if (pane === null || box === undefined) return
      pane.dispatchEvent(
        new WheelEvent('wheel', {
          deltaX: dx,
          deltaY: dy,
          ctrlKey: zoom,
          bubbles: true,
          cancelable: true,
          clientX: box.x + box.width / 2,
          clientY: box.y + box.height / 2,
        }),
      )
    },
    async until(seen, withinMs = 20_000) {
      const start = performance.now()
      while (!seen()) {
        if (performance.now() - start > withinMs) throw new Error('It never came')
        await next()
      }
      return performance.now() - start
    },
    arm(selector, wish) {
      const said = () => (selector === '' ? undefined : document.querySelector(selector)?.innerHTML)
      const before = said()
      probe.armed = new Promise((resolve, reject) => {
        const hear = (event: Event) => {
          if (event instanceof KeyboardEvent && event.key === 'Control') return
          removeEventListener('keydown', hear, true)
          removeEventListener('pointerdown', hear, true)
          const start = performance.now()
          const isSeen = () => wish === 'next frame' || (wish === 'appears' ? said() !== undefined : said() !== before)
          const look = () => {
            // A task after the frame that has it: it is on the screen.
            if (isSeen()) setTimeout(() => resolve(performance.now() - start))
            else if (performance.now() - start > 10_000) reject(new Error(`${selector} never ${wish}`))
            else requestAnimationFrame(look)
          }
          requestAnimationFrame(look)
        }
        addEventListener('keydown', hear, true)
        addEventListener('pointerdown', hear, true)
      })
    },
    armed: Promise.resolve(0),
    checks: [],
    feed(flow, perSecond, steps, seconds) {
      const run = crypto.randomUUID()
      const line = lines.filter((each) => each.readyState !== EventSource.CLOSED).at(-1)
      let seq = 0
      const start = performance.now()
      return probe.frames(
        () => {
          const due = Math.floor(((performance.now() - start) * perSecond) / 1_000) - seq
          const at = new Date().toISOString()
          const entries = Array.from({ length: Math.max(0, due) }, () => {
            const node = `s${seq % steps}`
            const next = [{ node: `s${(seq + 1) % steps}` }]
            seq += 1
            return { seq, at, kind: 'node.completed', node, port: 'out', entry: { next, data: { step: seq } } }
          })
          if (entries.length === 0) return
          const data = JSON.stringify({ flow, run, version: 1, status: 'running', entries })
          line?.dispatchEvent(new MessageEvent('run', { data }))
        },
        Math.round(seconds * 60),
      )
    },
  }
  // The lines to the server and the workers of the page, as they are made.
  const lines: EventSource[] = []
  window.EventSource = class extends EventSource {
    constructor(url: string | URL, init?: EventSourceInit) {
      super(url, init)
      lines.push(this)
    }
  }
  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options)
      if (!String(url).includes('check.worker')) return
      let sent = 0
      const post = this.postMessage.bind(this)
      this.postMessage = (message: unknown) => {
        sent = performance.now()
        post(message)
      }
      this.addEventListener('message', () => probe.checks.push(performance.now() - sent))
    }
  }
  ;(window as unknown as { probe: Probe }).probe = probe
}
