import type { FlowDefinition } from '@sluice/flows'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { DropZone } from 'react-aria-components'
import { useSay, useT } from '../../app/i18n/index.ts'
import { FileButton } from '../../ui/index.ts'
import { FlowThumbnail } from './FlowThumbnail.tsx'
import { readFlowFile } from './flow-files.ts'
import styles from './NewFlowDialog.module.css'

/** A `*.flow.json` from the disk, chosen or dropped. */
export function ImportFile({ onChoose }: { readonly onChoose: (flow: FlowDefinition | null) => void }) {
  const t = useT()
  const say = useSay()
  const [flow, setFlow] = useState<FlowDefinition | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    const { flowLimits } = await import('@sluice/flows')
    const imported = file.size > flowLimits.fileBytesMax ? null : readFlowFile(await file.text())
    const isFlow = imported !== null && 'flow' in imported
    setFlow(isFlow ? imported.flow : null)
    onChoose(isFlow ? imported.flow : null)
    if (isFlow) setRefusal(null)
    else setRefusal(imported === null ? t('flows.import.too-big') : t(`flows.import.${imported.problem}`, { detail: imported.detail }))
  }
  if (flow !== null)
    return (
      <div className={styles.file}>
        <div>
          <FlowThumbnail flow={flow} />
        </div>
        <div>
          <strong>{say(flow.name)}</strong>
          <p>{t('flows.steps', { count: flow.nodes.length })}</p>
        </div>
      </div>
    )
  return (
    <DropZone
      aria-label={t('flows.import.drop')}
      className={styles.drop ?? ''}
      onDrop={async (event) => {
        const item = event.items.find((each) => each.kind === 'file')
        if (item?.kind === 'file') await take(await item.getFile())
      }}
    >
      <FileUp size={28} strokeWidth={1.5} aria-hidden="true" />
      <p>{t('flows.import.drop')}</p>
      <FileButton accept={['.json', 'application/json']} onChoose={(file) => void take(file)}>
        {t('flows.import.choose')}
      </FileButton>
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
    </DropZone>
  )
}
