import { create } from 'zustand'

/** One message a second at the most; what comes faster is merged (EDITOR.md §12). */
const paceMs = 1_000

export const useAnnouncement = create<{ readonly text: string }>(() => ({ text: '' }))

let waiting: string[] = []
let timer: ReturnType<typeof setTimeout> | null = null

function flush(): void {
  timer = null
  if (waiting.length === 0) return
  useAnnouncement.setState({ text: [...new Set(waiting)].join(' ') })
  waiting = []
  timer = setTimeout(flush, paceMs)
}

/** Says something to a screen reader without moving the focus. */
export function announce(message: string): void {
  waiting.push(message)
  timer ??= setTimeout(flush, 50)
}
