import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react'
import { memo } from 'react'
import { useStore } from 'zustand'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { cx } from '../../ui/index.ts'
import { cornersOf, leadsBack, roundedPath } from '../back-wire.ts'
import { sayLabel } from '../check/say-label.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import { lanesOf, leavesBelow } from '../lanes.ts'
import type { SurfaceEdge } from './adapt.ts'
import styles from './surface-styles.ts'

/** More moving wires than this would cost frames and tell nothing (EDITOR.md §6.2). */
const movingMax = 12

/** A wire: how many went through in the run shown, and a way to put a step into it. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<SurfaceEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props
  const t = useT()
  const format = useFormat()
  const { runs, view, surface, problems, marks, catalogue } = useFlowEditor()
  const wire = data?.wire
  const key = wire === undefined ? '' : `${wire.from.node}.${wire.from.port}`
  const isSelected = useFlow((state) => state.selection.has(id))
  const isLit = useView((state) => state.lit?.edges.has(id) === true)
  const known = useStore(problems, (state) => state.labels.get(id))
  const isCut = useView((state) => state.cutting.has(id))
  const isPointed = useView((state) => state.pointed === id)
  const isDrop = useView((state) => state.dropEdge === id)
  const canEdit = useView((state) => state.canEdit)
  const isOver = useView((state) => state.overlay !== null)
  const isRunShown = useStore(runs, (state) => !isOver && state.picture !== null)
  const count = useStore(runs, (state) => (isOver ? 0 : (state.picture?.passages.get(key)?.count ?? 0)))
  const isMoving = useStore(runs, (state) => {
    if (isOver || state.picture === null || wire === undefined || state.picture.steps.get(wire.to.node)?.state !== 'running') return false
    return [...state.picture.steps.values()].filter((step) => step.state === 'running').length <= movingMax
  })
  const lane = useFlow((state) => lanesOf(state.doc, catalogue).get(id))
  const ends = { from: { x: sourceX, y: sourceY }, to: { x: targetX, y: targetY } }
  const curve = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, curvature: 0.32 })
  // While a step is dragged to where its wire leads ahead again, the lane of the place it had says nothing.
  const [path, middleX, middleY] =
    lane === undefined || wire === undefined || !leadsBack(ends.from, ends.to)
      ? curve
      : [roundedPath(cornersOf(ends.from, ends.to, lane, leavesBelow(wire))), (sourceX + targetX) / 2, lane]
  const taken = isRunShown && count > 0
  const label = format.number(count)
  const width = 14 + label.length * 7
  const add = () => {
    const place = surface.current?.toScreen({ x: middleX, y: middleY })
    if (place !== undefined) view.setState({ quickAdd: { ...place, into: id } })
  }
  return (
    <g
      className={cx(
        styles.wire,
        wire?.from.port === 'error' && styles.errorWire,
        wire?.from.port === 'undo' && styles.undoWire,
        isPointed && styles.wirePointed,
        isLit && styles.wireLit,
        isSelected && styles.wireSelected,
        isDrop && styles.wireDrop,
        isCut && styles.wireCut,
        taken && styles.wireTaken,
        isRunShown && !taken && styles.wireUntaken,
        taken && isMoving && styles.wireMoving,
      )}
      data-edge={id}
      data-count={count}
      data-lit={isLit}
      data-pointed={isPointed}
      data-mark={marks?.get(id)}
    >
      {known !== undefined && <title>{sayLabel(known, t)}</title>}
      <BaseEdge id={id} path={path} interactionWidth={22} className={styles.line ?? ''} />
      {taken && (
        <g className={styles.pill} transform={`translate(${middleX} ${middleY})`} data-testid="edge-count">
          <rect x={-width / 2} y={-10} width={width} height={20} rx={10} />
          <text textAnchor="middle" dominantBaseline="central" y={0.5}>
            {label}
          </text>
        </g>
      )}
      {canEdit && (
        // biome-ignore lint/a11y/useSemanticElements: inside a drawing there is no button element; the same act is in the wire's menu.
        <g
          role="button"
          aria-label={t('canvas.edge.insert')}
          className={styles.plus}
          // Beside the pill, so that a click on the middle still selects the wire and shows its data.
          transform={`translate(${taken ? middleX + width / 2 + 14 : middleX} ${middleY})`}
          data-testid="edge-insert"
          onClick={(event) => {
            event.stopPropagation()
            add()
          }}
        >
          <circle r={11} />
          <path d="M -4.5 0 H 4.5 M 0 -4.5 V 4.5" />
          <title>{t('canvas.edge.insert')}</title>
        </g>
      )}
    </g>
  )
})
