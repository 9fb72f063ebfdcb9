import { useEffect } from 'react'
import { translate } from '../app/i18n/index.ts'
import type { FlowEditor } from '../canvas/flow-editor.ts'
import { colourOf, others, type PeopleStore } from './people.ts'

/**
 * Says at a field of the inspector that somebody else is in it. A long text is theirs until they leave it; everything else may be
 * changed by both, and the later one is told.
 */
export function useFieldMarks(people: PeopleStore, { flow }: FlowEditor): void {
  useEffect(() => {
    let marked: HTMLElement[] = []
    const clear = () => {
      for (const field of marked) {
        delete field.dataset.editedBy
        delete field.dataset.colour
        for (const input of inputs(field)) {
          input.removeAttribute('aria-description')
          if (input instanceof HTMLTextAreaElement && input.dataset.lent === 'true') input.readOnly = false
          delete input.dataset.lent
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
        if (field === null) continue
        const words = translate('together.field', { name: peer.name })
        field.dataset.editedBy = words
        field.dataset.colour = String(colourOf(peer))
        for (const input of inputs(field)) {
          input.setAttribute('aria-description', words)
          // Who was here first keeps it.
          if (input instanceof HTMLTextAreaElement && document.activeElement !== input && !input.readOnly) {
            input.readOnly = true
            input.dataset.lent = 'true'
          }
        }
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

function inputs(field: HTMLElement): readonly HTMLElement[] {
  return [...field.querySelectorAll<HTMLElement>('input, textarea, [role="textbox"]')]
}
