import { useEffect } from 'react'
import { translate } from '../app/i18n/index.ts'
import type { FlowEditor } from '../canvas/flow-editor.ts'
import { colourOf, others, type PeopleStore } from './people.ts'

/** A form that is still on its way, or behind another tab, shows its marks when it comes. */
const lookAgainMs = 300

/**
 * Says at a field of the inspector that somebody else is in it. A long text is theirs until they leave it; everything else may be
 * changed by both, and the later one is told.
 */
export function useFieldMarks(people: PeopleStore, { flow }: FlowEditor): void {
  useEffect(() => {
    let marked: HTMLElement[] = []
    let again: ReturnType<typeof setTimeout> | undefined
    const clear = () => {
      clearTimeout(again)
      for (const field of marked) {
        delete field.dataset.editedBy
        delete field.dataset.colour
        for (const input of inputs(field)) input.removeAttribute('aria-description')
        for (const part of field.querySelectorAll<HTMLElement>('[data-lent]')) {
          if (part instanceof HTMLTextAreaElement) part.readOnly = false
          if (part instanceof HTMLButtonElement) part.disabled = false
          delete part.dataset.lent
        }
      }
      marked = []
    }
    const mark = () => {
      clear()
      const { selection } = flow.getState()
      if (selection.size !== 1) return
      for (const peer of others(people.getState())) {
        if (peer.field === null || !selection.has(peer.field.node)) continue
        const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(peer.field.path)}"]`)
        if (field === null) {
          clearTimeout(again)
          again = setTimeout(mark, lookAgainMs)
          continue
        }
        const words = translate('together.field', { name: peer.name })
        field.dataset.editedBy = words
        field.dataset.colour = String(colourOf(peer))
        for (const input of inputs(field)) input.setAttribute('aria-description', words)
        if (!isMine(peer.field.path)) lend(field)
        marked.push(field)
      }
    }
    const stops = [
      people.subscribe(mark),
      flow.subscribe((state, before) => state.selection !== before.selection && requestAnimationFrame(mark)),
    ]
    return () => {
      for (const stop of stops) stop()
      clear()
    }
  }, [people, flow])
}

/** Who was here first keeps it, in the field or in its large editor. */
function isMine(path: string): boolean {
  return document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset.field === path
}

/** A long text waits, and so do the large editor and all else that would change it. */
function lend(field: HTMLElement): void {
  const texts = [...field.querySelectorAll('textarea')].filter(({ readOnly, disabled }) => !readOnly && !disabled)
  for (const text of texts) {
    text.readOnly = true
    text.dataset.lent = 'true'
  }
  if (texts.length === 0) return
  for (const button of field.querySelectorAll<HTMLButtonElement>('button:enabled')) {
    button.disabled = true
    button.dataset.lent = 'true'
  }
}

function inputs(field: HTMLElement): readonly HTMLElement[] {
  return [...field.querySelectorAll<HTMLElement>('input, textarea, [role="textbox"]')]
}
