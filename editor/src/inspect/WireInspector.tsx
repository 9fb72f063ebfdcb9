import { ArrowRight } from 'lucide-react'
import { useStore } from 'zustand'
import { useSay, useT } from '../app/i18n/index.ts'
import { useFlow, useFlowEditor, useView } from '../canvas/flow-editor.ts'
import { titleOf } from '../canvas/step-facts.ts'
import { disconnect } from '../doc/index.ts'
import { Badge, Button } from '../ui/index.ts'
import { DataTree, Shown } from './data/DataTree.tsx'
import { typeOf } from './data/type-of.ts'
import styles from './Inspector.module.css'
import { InspectorHead } from './InspectorHead.tsx'

/** A wire: what it joins, and the data that passed through it in the run shown. */
export function WireInspector({ wire: id }: { readonly wire: string }) {
  const t = useT()
  const say = useSay()
  const { flow, catalogue, runs, view, surface } = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const canEdit = useView((state) => state.canEdit)
  const wire = doc.edges.get(id)
  const passage = useStore(runs, (state) =>
    wire === undefined ? undefined : state.picture?.passages.get(`${wire.from.node}.${wire.from.port}`),
  )
  if (wire === undefined) return null
  const name = (node: string) => {
    const step = doc.nodes.get(node)
    return step === undefined ? node : titleOf(step, catalogue, say)
  }
  const type = typeOf(passage?.data)
  const insert = () => {
    const middle = surface.current?.toScreen(surface.current.center()) ?? { x: 500, y: 300 }
    view.setState({ quickAdd: { x: middle.x - 160, y: middle.y - 160, into: id } })
  }
  return (
    <>
      <InspectorHead>
        <h3 className={styles.title}>{t('canvas.wire.title')}</h3>
      </InspectorHead>
      <div className={styles.body}>
        <p className={styles.joins}>
          {name(wire.from.node)} <Badge tone="neutral">{wire.from.port}</Badge>
          <ArrowRight size={14} aria-hidden="true" /> {name(wire.to.node)}
        </p>
        <h4 className={styles.heading}>{t('canvas.wire.data')}</h4>
        {passage === undefined ? (
          <p className={styles.help}>{t('canvas.wire.no-data')}</p>
        ) : type === 'object' || type === 'array' ? (
          <DataTree value={passage.data} root={['input']} opened={3} />
        ) : (
          <Shown value={passage.data} />
        )}
        {canEdit && (
          <div className={styles.actions}>
            <Button size="small" onPress={insert}>
              {t('canvas.wire.insert')}
            </Button>
            <Button size="small" tone="danger" onPress={() => disconnect(flow, [id])}>
              {t('canvas.wire.remove')}
            </Button>
          </div>
        )}
      </div>
    </>
  )
}
