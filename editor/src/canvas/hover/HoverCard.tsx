import { useStore } from 'zustand'
import { useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { DataTree, Shown } from '../../inspect/data/DataTree.tsx'
import { useSamples } from '../../inspect/data/use-samples.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import { StateChip } from '../nodes/StateChip.tsx'
import { titleOf } from '../step-facts.ts'
import type { Hover } from '../view-store.ts'
import styles from './HoverCard.module.css'

const width = 300
const room = 240

/** What a resting pointer is told: the last data of a wire, the last run of a step. Masked as the viewer may see it. */
export function HoverCard() {
  const hover = useView((view) => view.hover)
  return hover === null ? null : <Card key={hover.ref} hover={hover} />
}

function Card({ hover }: { readonly hover: Hover }) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const { catalogue, runs } = useFlowEditor()
  const wire = useFlow((state) => state.doc.edges.get(hover.ref))
  const step = useFlow((state) => state.doc.nodes.get(wire === undefined ? hover.ref : wire.from.node))
  const samples = useSamples(step?.id ?? '')
  const shown = useStore(runs, (state) =>
    wire === undefined ? undefined : state.picture?.passages.get(`${wire.from.node}.${wire.from.port}`),
  )
  const status = useStore(runs, (state) => (wire === undefined ? state.picture?.steps.get(hover.ref) : undefined))
  if (step === undefined) return null
  const outputs =
    shown !== undefined && wire !== undefined
      ? [{ port: wire.from.port, data: shown.data as unknown }]
      : samples.outputs.filter((each) => wire === undefined || each.port === wire.from.port)
  const left = Math.max(8, Math.min(hover.x + 14, window.innerWidth - width - 8))
  const top = hover.y + 18 + room > window.innerHeight ? Math.max(8, hover.y - room - 10) : hover.y + 18
  return (
    <div
      className={styles.card}
      style={{ left, top, width, maxHeight: room }}
      role="tooltip"
      data-testid="hover-card"
      data-hover={hover.ref}
    >
      <p className={styles.head}>
        <strong>{titleOf(step, catalogue, say)}</strong>
        <span>{t(wire === undefined ? 'canvas.hover.last' : 'canvas.hover.data')}</span>
      </p>
      {status !== undefined && <StateChip state={status.state} dueAt={status.dueAt} count={status.passed} />}
      {samples.at !== null && <p className={styles.quiet}>{format.relative(samples.at)}</p>}
      {outputs.length === 0 ? (
        <p className={styles.quiet}>{t('canvas.hover.none')}</p>
      ) : (
        outputs.map(({ port, data }) => (
          <div key={port} className={styles.data}>
            {typeof data === 'object' && data !== null ? <DataTree value={data} root={['input']} opened={2} /> : <Shown value={data} />}
          </div>
        ))
      )}
    </div>
  )
}
