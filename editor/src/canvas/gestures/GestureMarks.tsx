import type { ReactNode } from 'react'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useFlowEditor, useView } from '../flow-editor.ts'
import styles from './GestureMarks.module.css'

/** What is drawn for the hand while it works: the selection box, the cutting stroke, lines and distances of a drag. */
export function GestureMarks() {
  const stroke = useView((view) => view.stroke)
  const dragged = useView((view) => view.dragged)
  return (
    <>
      {stroke?.kind === 'box' && (
        <div
          className={styles.box}
          data-testid="selection-box"
          data-touching={stroke.touching}
          style={{
            left: Math.min(stroke.from.x, stroke.to.x),
            top: Math.min(stroke.from.y, stroke.to.y),
            width: Math.abs(stroke.to.x - stroke.from.x),
            height: Math.abs(stroke.to.y - stroke.from.y),
          }}
        />
      )}
      {stroke?.kind === 'cut' && (
        <Paper>
          <polyline className={styles.cut} points={stroke.points.map(({ x, y }) => `${x},${y}`).join(' ')} data-testid="cut-stroke" />
        </Paper>
      )}
      {dragged !== null && <DragMarks />}
    </>
  )
}

function Paper({ children }: { readonly children: ReactNode }) {
  return (
    <svg className={styles.paper} aria-hidden="true">
      {children}
    </svg>
  )
}

function DragMarks() {
  const t = useT()
  const format = useFormat()
  const { surface } = useFlowEditor()
  const dragged = useView((view) => view.dragged)
  const pointer = useView((view) => view.pointer)
  const place = (axis: 'x' | 'y', along: number, at: number) =>
    surface.current?.toScreen(axis === 'x' ? { x: along, y: at } : { x: at, y: along }) ?? { x: 0, y: 0 }
  if (dragged === null) return null
  const hand = pointer === null ? null : surface.current?.toScreen(pointer)
  return (
    <>
      <Paper>
        {dragged.guides.map(({ axis, at, from, to }) => {
          const a = axis === 'x' ? place('y', from, at) : place('x', from, at)
          const b = axis === 'x' ? place('y', to, at) : place('x', to, at)
          return <line key={`${axis}${at}`} className={styles.guide} data-testid="guide" x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
        })}
        {dragged.gaps.map(({ axis, from, to, at }) => {
          const a = place(axis, from, at)
          const b = place(axis, to, at)
          const text = format.number(Math.round(to - from))
          const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
          return (
            <g key={`${axis}${from}`} className={styles.gap} data-testid="gap">
              <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
              <rect x={middle.x - 7 - text.length * 3.5} y={middle.y - 9} width={14 + text.length * 7} height={18} rx={9} />
              <text x={middle.x} y={middle.y} textAnchor="middle" dominantBaseline="central">
                {text}
              </text>
            </g>
          )
        })}
      </Paper>
      {dragged.does !== 'move' && hand !== null && hand !== undefined && (
        <div className={styles.does} style={{ left: hand.x, top: hand.y }} role="status">
          {t(`canvas.drag.${dragged.does}`)}
        </div>
      )}
    </>
  )
}
