import { create } from 'zustand'

/** One message a second at the most; what comes faster is merged (EDITOR.md §12). */
const paceMs = 1_000

export const useAnnouncement = create<{ readonly text: string }>(() => ({ text: '' }))

const speech: { waiting: string[]; isPaced: boolean } = { waiting: [], isPaced: false }

function flush(): void {
  speech.isPaced = false
  if (speech.waiting.length === 0) return
  useAnnouncement.setState({ text: [...new Set(speech.waiting)].join(' ') })
  speech.waiting = []
  pace(paceMs)
}

function pace(milliseconds: number): void {
  if (speech.isPaced) return
  speech.isPaced = true
  setTimeout(flush, milliseconds)
}

/** Says something to a screen reader without moving the focus. */
export function announce(message: string): void {
  speech.waiting.push(message)
  pace(50)
}
