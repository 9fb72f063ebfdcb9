/** What runs inside the page: drives it frame by frame and takes the times. It is handed over as text, so it stands alone. */
export interface Frames {
  readonly fps: number
  readonly p95: number
  readonly worst: number
}

export interface Probe {
  frames(act: (frame: number) => void, count: number): Promise<Frames>
  wheel(dx: number, dy: number, zoom?: boolean): void
  /** Milliseconds from the act to the frame that shows it. */
  toFrame(act: () => void, seen?: () => boolean): Promise<number>
  until(seen: () => boolean, withinMs?: number): Promise<number>
}

export function installProbe(): void {
  const surface = () => document.querySelector<HTMLElement>('[data-testid="canvas"] .react-flow__pane, [data-testid="canvas"]')
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
    async toFrame(act, seen = () => true) {
      await next()
      const start = performance.now()
      act()
      while (!seen() && performance.now() - start < 5_000) await next()
      // A task after the next frame began: what was done is on the screen.
      await next()
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = resolve
        port2.postMessage(null)
      })
      return performance.now() - start
    },
    async until(seen, withinMs = 20_000) {
      const start = performance.now()
      while (!seen()) {
        if (performance.now() - start > withinMs) throw new Error('It never came')
        await next()
      }
      return performance.now() - start
    },
  }
  ;(window as unknown as { probe: Probe }).probe = probe
}
