import type { FlowDefinition } from '@sluice/flows'
import { useState } from 'react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { addDescribed, wordedStep } from '../../canvas/palette/add-described.ts'
import { describedSteps } from '../../canvas/palette/describe.ts'
import { createFlowStore, fromFile, toFile } from '../../doc/index.ts'
import { TextArea } from '../../ui/index.ts'
import { FlowThumbnail } from './FlowThumbnail.tsx'
import { blankFlow } from './flow-files.ts'
import styles from './NewFlowDialog.module.css'

const worded = catalogue.all.map(wordedStep)
const charsMax = 1_000

/** A flow in the words of whoever wants it, shown as it will be drawn; quick add on the canvas understands the same. */
export function DescribeFlow({ onChoose }: { readonly onChoose: (flow: FlowDefinition | null) => void }) {
  const t = useT()
  const say = useSay()
  const [text, setText] = useState('')
  const [flow, setFlow] = useState<FlowDefinition | null>(null)
  const describe = (words: string) => {
    const types = describedSteps(worded, words).map(({ type }) => type)
    const drawn = types.length === 0 ? null : drawnFrom(types)
    setText(words)
    setFlow(drawn)
    onChoose(drawn)
  }
  return (
    <>
      <TextArea
        label={t('flows.describe')}
        description={t('flows.describe.help')}
        placeholder={t('flows.describe.placeholder')}
        value={text}
        onChange={describe}
        maxLength={charsMax}
        autoFocus
      />
      {flow !== null && (
        <div className={styles.file} data-testid="described-flow">
          <div>
            <FlowThumbnail flow={flow} />
          </div>
          <p aria-live="polite">{flow.nodes.map(({ type }) => say(catalogue.find(type)?.label)).join(' → ')}</p>
        </div>
      )}
      {flow === null && text.trim() !== '' && (
        <p className={styles.quiet} role="status">
          {t('flows.describe.nothing')}
        </p>
      )}
    </>
  )
}

function drawnFrom(types: readonly string[]): FlowDefinition {
  const flow = createFlowStore(fromFile(blankFlow('flow', '')))
  addDescribed({ flow, catalogue }, types, { at: { x: 0, y: 0 } })
  return toFile(flow.getState().doc)
}
