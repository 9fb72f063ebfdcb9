import { useConnection } from '@xyflow/react'
import { portsOfStep, refTarget, refusal } from '../../doc/index.ts'
import { refusalText } from '../explain.ts'
import { useFlowEditor } from '../flow-editor.ts'
import { stepAt } from '../hit.ts'
import styles from './surface-styles.ts'

/** While a wire is drawn over a port it may not end at: why not, beside the pointer. */
export function ConnectHint() {
  const { flow, catalogue, surface } = useFlowEditor()
  const wish = useConnection((connection) => {
    if (!connection.inProgress || connection.isValid === true) return null
    const { fromHandle, toHandle, to } = connection
    const own = { node: refTarget(fromHandle.nodeId).id, port: fromHandle.id ?? 'out' }
    const under = toHandle === null ? stepAt(flow.getState().doc, catalogue, to) : refTarget(toHandle.nodeId).id
    if (under === null || under === own.node) return null
    const fromStart = fromHandle.type === 'source'
    const here = flow.getState().doc.nodes.get(under)
    const outputs = here === undefined ? [] : portsOfStep(here, catalogue).outputs
    const port = toHandle?.id ?? (fromStart ? 'in' : (outputs[0]?.name ?? 'out'))
    const other = { node: under, port }
    return { from: fromStart ? own : other, to: fromStart ? other : own, at: to }
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
