import type { FlowDefinition } from '@sluice/flows'
import { cornersOf, fromTheTop, laneFor, leadsBack, roundedPath } from '../../canvas/back-wire.ts'
import styles from './FlowThumbnail.module.css'

const card = { width: 216, height: 84, port: 40 }
const start = { height: 64, port: 32 }
const margin = 40
/** In a picture of more steps than this nobody sees which way a wire takes. */
const lanesUpTo = 80

/** The drawing of a flow, very small. */
export function FlowThumbnail({ flow }: { readonly flow: FlowDefinition }) {
  const places = new Map(flow.nodes.map((node, index) => [node.id, node.at ?? ([index * 280, 0] as const)]))
  const xs = [...places.values()].map(([x]) => x)
  const ys = [...places.values()].map(([, y]) => y)
  if (xs.length === 0) return <div className={styles.thumbnail} />
  const entered = new Set(flow.edges.map((edge) => edge.to.split('.')[0]))
  const isStart = (id: string) => !entered.has(id)
  const left = Math.min(...xs) - margin
  const top = Math.min(...ys) - margin
  const width = Math.max(...xs) + card.width + margin - left
  const height = Math.max(...ys) + card.height + margin - top
  const boxes =
    flow.nodes.length > lanesUpTo
      ? []
      : fromTheTop([...places.values()].map(([x, y]) => ({ x, y, width: card.width, height: card.height })))
  return (
    <svg className={styles.thumbnail} viewBox={`${left} ${top} ${width} ${height}`} preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      {flow.edges.map((edge) => {
        const from = places.get(edge.from.split('.')[0] ?? '')
        const to = places.get(edge.to.split('.')[0] ?? '')
        if (from === undefined || to === undefined) return null
        const [x1, y1] = [from[0] + card.width, from[1] + (isStart(edge.from.split('.')[0] ?? '') ? start : card).port]
        const [x2, y2] = [to[0], to[1] + card.port]
        const ends = [
          { x: x1, y: y1 },
          { x: x2, y: y2 },
        ] as const
        const bend = Math.max(40, Math.abs(x2 - x1) / 2)
        const path = leadsBack(...ends)
          ? roundedPath(cornersOf(...ends, laneFor(...ends, boxes)))
          : `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
        return <path key={`${edge.from}${edge.to}`} className={styles.wire} d={path} />
      })}
      {flow.nodes.map((node) => {
        const [x, y] = places.get(node.id) ?? [0, 0]
        return (
          <g key={node.id} transform={`translate(${x} ${y})`}>
            <rect
              className={styles.card}
              width={card.width}
              height={isStart(node.id) ? start.height : card.height}
              rx={isStart(node.id) ? 32 : 16}
            />
            <g transform={isStart(node.id) ? 'translate(2 -10)' : undefined}>
              <rect className={styles.tile} data-pack={node.type.split('.')[0]} x="18" y="22" width="40" height="40" rx="10" />
              <rect className={styles.text} x="74" y="28" width="110" height="12" rx="6" />
              <rect className={styles.text} x="74" y="50" width="76" height="8" rx="4" />
            </g>
          </g>
        )
      })}
    </svg>
  )
}
