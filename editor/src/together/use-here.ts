import { useEffect } from 'react'
import type { FlowEditor } from '../canvas/flow-editor.ts'
import { type Here, others } from './people.ts'
import type { Together } from './share.ts'

/** How often this window says where it is, while others are there to see it. */
const paceMs = 120
const selectionMax = 50

export function useHere(together: Together, { flow, view, surface }: FlowEditor): void {
  useEffect(() => {
    let last = ''
    const timer = setInterval(() => {
      if (others(together.people.getState()).length === 0) {
        last = ''
        return
      }
      const { pointer, zoom } = view.getState()
      const center = surface.current?.center()
      const round = (value: number) => Math.round(value)
      const here: Here = {
        selection: [...flow.getState().selection].slice(0, selectionMax),
        field: fieldOf(flow.getState().selection),
        cursor: pointer === null || !document.hasFocus() ? null : [round(pointer.x), round(pointer.y)],
        view: center === undefined ? null : [round(center.x), round(center.y), zoom],
      }
      const text = JSON.stringify(here)
      if (text === last) return
      last = text
      together.here(here)
    }, paceMs)
    return () => clearInterval(timer)
  }, [together, flow, view, surface])
}

/** The field of the inspector that has the focus. */
function fieldOf(selection: ReadonlySet<string>): Here['field'] {
  if (!document.hasFocus()) return null
  const path = document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset.field
  const [node] = selection
  return path === undefined || node === undefined || selection.size !== 1 ? null : { node, path }
}
