import { useConnection } from '@xyflow/react'
import { refTarget, refusal } from '../../doc/index.ts'
import { refusalText } from '../explain.ts'
import { useFlowEditor } from '../flow-editor.ts'
import styles from './Surface.module.css'

/** While a wire is drawn over a port it may not end at: why not, beside the pointer. */
export function ConnectHint() {
  const { flow, catalogue, surface } = useFlowEditor()
  const wish = useConnection((connection) => {
    if (!connection.inProgress || connection.toHandle === null || connection.isValid !== false) return null
    const { fromHandle, toHandle } = connection
    const own = { node: refTarget(fromHandle.nodeId).id, port: fromHandle.id ?? 'out' }
    const other = { node: refTarget(toHandle.nodeId).id, port: toHandle.id ?? 'in' }
    return { from: fromHandle.type === 'source' ? own : other, to: fromHandle.type === 'source' ? other : own, at: connection.to }
  })
  if (wish === null) return null
  const no = refusal(flow.getState().doc, catalogue, wish.from, wish.to)
  const place = surface.current?.toScreen(wish.at)
  if (no === null || place === undefined) return null
  return (
    <div className={styles.hint} style={{ left: place.x, top: place.y }} role="status">
      {refusalText(no)}
    </div>
  )
}
