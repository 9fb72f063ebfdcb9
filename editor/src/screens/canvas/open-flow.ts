import type { FlowDefinition } from '@sluice/flows'
import { useEffect, useState } from 'react'
import { catalogue } from '../../canvas/catalogue.ts'
import type { FlowEditor } from '../../canvas/flow-editor.ts'
import { keepPausePoints } from '../../canvas/pause-points.ts'
import { createViewStore } from '../../canvas/view-store.ts'
import {
  type Autosave,
  autosave,
  createFlowStore,
  createProblemStore,
  fromFile,
  type Journal,
  keepPast,
  openJournal,
  openShelf,
  type PastRecord,
  placeSteps,
  type Recovered,
  wiresOut,
} from '../../doc/index.ts'
import { createRunStore } from '../../run/run-store.ts'
import { saveDraft } from './flow-api.ts'
import { keepSides, keptSides } from './kept-sides.ts'
import { type LeftRecord, leftWork } from './left-work.ts'

export interface OpenFlow {
  readonly editor: FlowEditor
  /** Work that a closed tab left behind; null once decided. */
  readonly found: Recovered | null
  settle(choice: 'restore' | 'discard'): Promise<void>
}

const journal: Journal = openJournal()

const leftShelf = openShelf<LeftRecord>('sluice-left', 'flows')

const pastShelf = openShelf<PastRecord>('sluice-history', 'flows')

function later(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

function openEditor(file: FlowDefinition, etag: string | null, canEdit: boolean): FlowEditor {
  const flow = createFlowStore(placeSteps(fromFile(file), catalogue))
  const isWide = () => !matchMedia('(width < 1100px)').matches
  const sides = isWide() ? keptSides(() => localStorage) : { paletteOpen: false, inspectorOpen: false }
  const view = createViewStore({ canEdit, ...sides, paletteOpen: canEdit && sides.paletteOpen })
  keepSides(view, isWide, () => localStorage)
  const runs = createRunStore((node, port) =>
    wiresOut(flow.getState().doc.edges, node).flatMap((edge) => (edge.from.port === port ? [edge.to.node] : [])),
  )
  const saving: Autosave | null = canEdit
    ? autosave(flow, file, etag, {
        journal,
        put: saveDraft,
        now: () => Date.now(),
        after: later,
      })
    : null
  const past = canEdit ? keepPast(flow, { shelf: pastShelf, now: () => Date.now(), after: later }) : null
  keepPausePoints(file.key, view)
  return { flow, catalogue, view, runs, problems: createProblemStore(), saving, past, surface: { current: null } }
}

/** One editor per opened flow, for as long as its screen is shown. What is pending is sent when it closes. */
export function useOpenFlow(file: FlowDefinition, etag: string | null, canEdit: boolean): OpenFlow {
  const [editor] = useState(() => openEditor(file, etag, canEdit))
  const [work] = useState(() => leftWork(file.key, { journal, shelf: leftShelf, load: () => import('./left-behind.ts') }))
  const [found, setFound] = useState<readonly Recovered[]>([])
  useEffect(() => {
    if (!canEdit) return
    let isHere = true
    const recall = () => void (isHere && editor.past?.recall())
    void work
      .find(file, editor, (work) => setFound((open) => open.filter((each) => each !== work)))
      .then((works) => isHere && setFound(works))
      .finally(recall)
    return () => {
      isHere = false
    }
  }, [file, canEdit, editor, work])
  useEffect(() => {
    const leaving = () => {
      editor.past?.flush()
      void editor.saving?.flush()
    }
    window.addEventListener('pagehide', leaving)
    return () => {
      window.removeEventListener('pagehide', leaving)
      editor.past?.stop()
      void editor.saving?.flush().finally(() => editor.saving?.stop())
    }
  }, [editor])
  return {
    editor,
    found: found[0] ?? null,
    async settle(choice) {
      setFound(await work.settle(found, choice, editor))
      if (choice === 'restore') void editor.past?.recall()
    },
  }
}
