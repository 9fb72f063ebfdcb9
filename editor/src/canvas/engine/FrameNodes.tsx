import { Handle, type NodeProps, NodeResizer, Position } from '@xyflow/react'
import { ChevronDown } from 'lucide-react'
import { memo } from 'react'
import { dataLanguage, useSay, useT } from '../../app/i18n/index.ts'
import {
  groupOfEnd,
  groupPortPlace,
  groupPorts,
  groupRef,
  noteRef,
  renameGroup,
  resizeFrame,
  toggleFolded,
  wiringOf,
  writeNote,
} from '../../doc/index.ts'
import { cx } from '../../ui/index.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import { nameCharsMax, noteCharsMax } from '../text-limits.ts'
import type { SurfaceNode } from './adapt.ts'
import styles from './surface-styles.ts'

/** A sticky note: plain text, written in place. */
export const NoteNode = memo(function NoteNode({ data }: NodeProps<SurfaceNode>) {
  const t = useT()
  const { flow } = useFlowEditor()
  const id = data.id
  const say = useSay()
  const said = useFlow((state) => state.doc.notes.get(id)?.text)
  const isSelected = useFlow((state) => state.selection.has(noteRef(id)))
  const canEdit = useView((state) => state.canEdit)
  // Whoever writes must see an empty text as empty, not what the other language says.
  const text = typeof said === 'object' && isSelected ? said[dataLanguage()] : say(said)
  return (
    <div className={cx(styles.frame, styles.note, isSelected && styles.frameSelected)} data-note-id={id}>
      {canEdit && <Resizer collection="notes" id={id} isVisible={isSelected} />}
      <textarea
        className={cx(styles.noteText, isSelected && 'nodrag', 'nowheel')}
        aria-label={t('canvas.note.label')}
        placeholder={t('canvas.note.placeholder')}
        readOnly={!canEdit || !isSelected}
        maxLength={noteCharsMax}
        value={text}
        onChange={(event) => writeNote(flow, id, event.currentTarget.value, dataLanguage())}
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
  const isFolded = group?.collapsed === true
  return (
    <div
      className={cx(styles.frame, styles.group, isFolded && styles.folded, isFolded && 'frame-handle', isSelected && styles.frameSelected)}
      data-group-id={id}
      data-folded={isFolded}
    >
      {canEdit && !isFolded && <Resizer collection="groups" id={id} isVisible={isSelected} />}
      <button
        type="button"
        className={cx(styles.fold, 'nodrag')}
        tabIndex={-1}
        aria-expanded={!isFolded}
        aria-label={t(isFolded ? 'canvas.group.unfold' : 'canvas.group.fold')}
        title={t(isFolded ? 'canvas.group.unfold' : 'canvas.group.fold')}
        disabled={!canEdit}
        data-testid="fold"
        onClick={() => toggleFolded(flow, [id])}
      >
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      {isFolded && (
        <>
          <Handle
            id="folded-in"
            type="target"
            position={Position.Left}
            className={cx(styles.port, styles.foldedPort)}
            isConnectable={false}
          />
          <Handle
            id="folded-out"
            type="source"
            position={Position.Right}
            className={cx(styles.port, styles.foldedPort)}
            isConnectable={false}
          />
        </>
      )}
      {isFolded && <p className={styles.foldedCount}>{t('canvas.conflict.steps', { count: group.nodes.length })}</p>}
      <div className={cx(styles.groupHead, 'frame-handle')}>
        <input
          className={cx(styles.groupName, isSelected && 'nodrag')}
          aria-label={t('canvas.group.label')}
          placeholder={t('canvas.group.placeholder')}
          readOnly={!canEdit || !isSelected}
          maxLength={nameCharsMax}
          value={say(group?.name)}
          onChange={(event) => renameGroup(flow, id, event.currentTarget.value)}
          onBlur={() => flow.seal()}
        />
      </div>
      <GroupPorts id={id} canEdit={canEdit} />
    </div>
  )
})

/** Shown where a wire is, and all of them while the pointer is on the frame or it is selected. */
function GroupPorts({ id, canEdit }: { readonly id: string; readonly canEdit: boolean }) {
  const t = useT()
  const group = useFlow((state) => groupOfEnd(state.doc, id))
  const wires = useFlow((state) => wiringOf(state.doc.edges))
  if (group === undefined) return null
  const enters = wires.into.get(id)?.length ?? 0
  return (
    <>
      {[...groupPorts.in, ...groupPorts.out].map((port) => {
        const isInput = port === 'cancel'
        const { y: top } = groupPortPlace(group, port, { x: 0, y: 0 })
        const isWired = isInput ? enters > 0 : wires.wired.has(`${id}.${port}`)
        return (
          <span key={port} className={cx(styles.groupPort, isWired && styles.groupPortWired)}>
            <Handle
              id={port}
              type={isInput ? 'target' : 'source'}
              position={isInput ? Position.Left : Position.Right}
              className={cx(styles.port, port === 'error' && styles.errorPort)}
              style={{ top }}
              isConnectable={canEdit}
              data-port={port}
              data-port-side={isInput ? 'in' : 'out'}
              data-port-step={id}
              title={t(`canvas.group.port.${port}`)}
            />
            <span className={cx(styles.groupPortLabel, isInput && styles.groupPortLabelIn)} style={{ top }}>
              {t(`canvas.group.port.${port}`)}
            </span>
          </span>
        )
      })}
    </>
  )
}

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
