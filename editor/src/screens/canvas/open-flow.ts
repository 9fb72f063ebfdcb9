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

export interface OpenFlow {
  readonly editor: FlowEditor
  /** Work that a closed tab left behind; null once decided. */
  readonly found: Recovered | null
  settle(choice: 'restore' | 'discard'): void
}

const journal: Journal = openJournal()

const pastShelf = openShelf<PastRecord>('sluice-history', 'flows')

function later(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

function openEditor(file: FlowDefinition, etag: string | null, canEdit: boolean, isWide: boolean): FlowEditor {
  const flow = createFlowStore(placeSteps(fromFile(file), catalogue))
  const view = createViewStore({ canEdit, paletteOpen: canEdit && isWide, inspectorOpen: isWide })
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
  const [editor] = useState(() => openEditor(file, etag, canEdit, matchMedia('(width >= 1100px)').matches))
  const [found, setFound] = useState<Recovered | null>(null)
  useEffect(() => {
    if (!canEdit) return
    let isHere = true
    void journal.read(file.key).then(async (record) => {
      const work = record === null || record.patches.length === 0 ? null : (await import('./left-behind.ts')).leftBehind(record, file)
      if (!isHere) return
      void editor.past?.recall()
      if (work === null) void (record !== null && journal.clear(file.key))
      else setFound(work)
    })
    return () => {
      isHere = false
    }
  }, [file, canEdit, editor])
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
    found,
    settle(choice) {
      if (choice === 'restore' && found !== null) {
        void import('./left-behind.ts').then(({ bringBack }) => {
          bringBack(editor, found)
          void editor.past?.recall()
        })
      } else {
        void journal.clear(file.key)
      }
      setFound(null)
    },
  }
}
