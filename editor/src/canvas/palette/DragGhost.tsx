import { createPortal } from 'react-dom'
import { useStore } from 'zustand'
import { useSay } from '../../app/i18n/index.ts'
import { sizeOf } from '../../doc/index.ts'
import { useFlowEditor, useView } from '../flow-editor.ts'
import { StepFace } from '../nodes/StepFace.tsx'
import styles from './DragGhost.module.css'
import { paletteDrag } from './palette-drag.ts'

/** The step under the pointer while it is dragged out of the palette, as large as it will be. */
export function DragGhost() {
  const say = useSay()
  const { catalogue } = useFlowEditor()
  const zoom = useView((view) => view.zoom)
  const { type, x, y, overCanvas } = useStore(paletteDrag)
  const node = type === null ? undefined : catalogue.find(type)
  if (node === undefined || type === null) return null
  const { width, height } = sizeOf({ id: 'ghost', type }, catalogue)
  const scale = overCanvas ? zoom : Math.min(zoom, 0.8)
  return createPortal(
    <div className={styles.ghost} style={{ width, height, transform: `translate(${x}px, ${y}px) scale(${scale}) translate(-50%, -50%)` }}>
      <StepFace
        silhouette={node.silhouette}
        category={node.category}
        type={node}
        width={width}
        height={height}
        title={say(node.label)}
        sentence={say(node.summary)}
        isSelected
      />
    </div>,
    document.body,
  )
}
