import { useStore as useEngine, ViewportPortal } from '@xyflow/react'
import { useStore } from 'zustand'
import { boxOf, groupBox, noteBox, refTarget } from '../../doc/index.ts'
import { colourOf, others, type Peer, type PeopleStore } from '../../together/people.ts'
import { useFlow, useFlowEditor } from '../flow-editor.ts'
import styles from './PeersLayer.module.css'

/** What others have selected, with their name, and their pointers. Nothing here takes a click or is read out: the list of people says who is here. */
export function PeersLayer({ people }: { readonly people: PeopleStore }) {
  const state = useStore(people)
  const zoom = useEngine((engine) => engine.transform[2])
  const shown = others(state)
  if (shown.length === 0) return null
  return (
    <ViewportPortal>
      <div className={styles.layer} aria-hidden="true" style={{ '--near': String(1 / zoom) } as React.CSSProperties}>
        {shown.map((peer) => (
          <OnePeer key={peer.id} peer={peer} />
        ))}
      </div>
    </ViewportPortal>
  )
}

function OnePeer({ peer }: { readonly peer: Peer }) {
  const { catalogue } = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const boxes = peer.selection.flatMap((ref) => {
    const target = refTarget(ref)
    if (target.in === 'edges') return []
    if (target.in === 'nodes')
      return [doc.nodes.get(target.id)].flatMap((step) => (step === undefined ? [] : [{ ref, ...boxOf(step, catalogue) }]))
    if (target.in === 'groups')
      return [doc.groups.get(target.id)].flatMap((group) => (group === undefined ? [] : [{ ref, ...groupBox(group) }]))
    return [doc.notes.get(target.id)].flatMap((note) => (note === undefined ? [] : [{ ref, ...noteBox(note) }]))
  })
  const colour = colourOf(peer)
  return (
    <>
      {boxes.map(({ ref, x, y, width, height }, index) => (
        <div
          key={ref}
          className={styles.box}
          data-peer-selection={ref}
          data-colour={colour}
          style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
        >
          {index === 0 && <span className={styles.name}>{peer.name}</span>}
        </div>
      ))}
      {peer.cursor !== null && (
        <div
          className={styles.cursor}
          data-colour={colour}
          style={{ transform: `translate(${peer.cursor[0]}px, ${peer.cursor[1]}px) scale(var(--near))` }}
        >
          <svg width="16" height="18" viewBox="0 0 16 18" focusable="false">
            <title>{peer.name}</title>
            <path d="M1 1 L15 9 L8.5 10.5 L5.5 16.5 Z" />
          </svg>
          <span className={styles.name}>{peer.name}</span>
        </div>
      )}
    </>
  )
}
