import { type NodeProps, NodeResizer } from '@xyflow/react'
import { memo } from 'react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { groupRef, noteRef, renameGroup, resizeFrame, writeNote } from '../../doc/index.ts'
import { cx } from '../../ui/index.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import type { SurfaceNode } from './adapt.ts'
import styles from './Surface.module.css'

/** A sticky note: plain text, written in place. */
export const NoteNode = memo(function NoteNode({ data }: NodeProps<SurfaceNode>) {
  const t = useT()
  const { flow } = useFlowEditor()
  const id = data.id
  const text = useFlow((state) => state.doc.notes.get(id)?.text ?? '')
  const isSelected = useFlow((state) => state.selection.has(noteRef(id)))
  const canEdit = useView((state) => state.canEdit)
  return (
    <div className={cx(styles.frame, styles.note, isSelected && styles.frameSelected)} data-note-id={id}>
      {canEdit && <Resizer collection="notes" id={id} isVisible={isSelected} />}
      <textarea
        className={cx(styles.noteText, isSelected && 'nodrag', 'nowheel')}
        aria-label={t('canvas.note.label')}
        placeholder={t('canvas.note.placeholder')}
        readOnly={!canEdit || !isSelected}
        value={text}
        onChange={(event) => writeNote(flow, id, event.currentTarget.value)}
        onBlur={() => flow.seal()}
      />
    </div>
  )
})

/** A frame around steps; dragged by its head, so that its inside stays free for box selection. */
export const GroupNode = memo(function GroupNode({ data }: NodeProps<SurfaceNode>) {
  const t = useT()
  const say = useSay()
  const { flow } = useFlowEditor()
  const id = data.id
  const group = useFlow((state) => state.doc.groups.get(id))
  const isSelected = useFlow((state) => state.selection.has(groupRef(id)))
  const canEdit = useView((state) => state.canEdit)
  return (
    <div className={cx(styles.frame, styles.group, isSelected && styles.frameSelected)} data-group-id={id}>
      {canEdit && <Resizer collection="groups" id={id} isVisible={isSelected} />}
      <div className={cx(styles.groupHead, 'frame-handle')}>
        <input
          className={cx(styles.groupName, isSelected && 'nodrag')}
          aria-label={t('canvas.group.label')}
          placeholder={t('canvas.group.placeholder')}
          readOnly={!canEdit || !isSelected}
          value={say(group?.name)}
          onChange={(event) => renameGroup(flow, id, event.currentTarget.value)}
          onBlur={() => flow.seal()}
        />
      </div>
    </div>
  )
})

function Resizer({
  collection,
  id,
  isVisible,
}: {
  readonly collection: 'groups' | 'notes'
  readonly id: string
  readonly isVisible: boolean
}) {
  const { flow } = useFlowEditor()
  return (
    <NodeResizer
      isVisible={isVisible}
      minWidth={120}
      minHeight={64}
      lineClassName={styles.resizeLine ?? ''}
      handleClassName={styles.resizeHandle ?? ''}
      onResizeStart={() => flow.seal()}
      onResize={(_, box) => resizeFrame(flow, collection, id, box)}
      onResizeEnd={() => flow.seal()}
    />
  )
}
