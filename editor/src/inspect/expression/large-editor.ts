import { useEffect } from 'react'
import { whenIdle } from '../../app/when-idle.ts'
import type { MonacoEditor } from './MonacoEditor.tsx'

type Editor = typeof MonacoEditor

/** A look at a step is no wish to write in it. */
const lookMs = 1_000
/** Whoever wrote or pressed something a moment ago is not done: reading a part of the editor takes longer than a frame. */
const restMs = 400
let here: Editor | null = null
let touchedAt = 0

export function editorHere(): Editor | null {
  return here
}

export async function loadEditor(): Promise<Editor> {
  here = (await import('./MonacoEditor.tsx')).MonacoEditor
  return here
}

/** The button is pressed: the editor comes while its dialog is drawn. Whoever cannot get it is told there. */
export function fetchEditor(): void {
  if (here === null) loadEditor().catch(() => undefined)
}

/** The pointer or the focus has come to the button: what is likely next begins at once, except for those who pay for each byte. */
export function foreseeEditor(): void {
  if (!savesData()) fetchEditor()
}

/**
 * Fetches and reads the large editor while a field is on the screen that it opens from: part by part, whenever nothing else is done.
 * Not for those who pay for each byte; they get it when they ask for it.
 */
export function useWarmEditor(isWanted: boolean): void {
  useEffect(() => (isWanted && here === null && !savesData() ? warmInTurn() : undefined), [isWanted])
}

function warmInTurn(): () => void {
  let isHere = true
  let forget = () => {}
  const touch = () => {
    touchedAt = performance.now()
  }
  const kinds = ['keydown', 'pointerdown', 'wheel'] as const
  for (const kind of kinds) window.addEventListener(kind, touch, { capture: true, passive: true })
  const begun = performance.now() + lookMs - restMs
  const rest = () =>
    new Promise<void>((done) => {
      const look = () => {
        const left = Math.max(touchedAt, begun) + restMs - performance.now()
        if (left <= 0) return done()
        const timer = setTimeout(() => {
          forget = whenIdle(look)
        }, left)
        forget = () => clearTimeout(timer)
      }
      forget = whenIdle(look)
    })
  const stop = () => {
    isHere = false
    forget()
    for (const kind of kinds) window.removeEventListener(kind, touch, true)
  }
  const all = async () => {
    for (const part of parts) {
      await rest()
      if (!isHere) return
      await part()
    }
  }
  // Whoever opens it without a network is told there.
  void all()
    .catch(() => undefined)
    .finally(stop)
  return stop
}

const parts: readonly (() => Promise<unknown>)[] = [() => import('./monaco/base.ts'), () => import('./monaco/common.ts'), loadEditor]

/** Chrome and its kin know what somebody pays for. */
function savesData(): boolean {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean; readonly effectiveType?: string } }
  return connection?.saveData === true || connection?.effectiveType?.includes('2g') === true
}
