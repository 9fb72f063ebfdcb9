import { X } from 'lucide-react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { titleOf } from '../../canvas/step-facts.ts'
import { IconButton } from '../../ui/index.ts'
import styles from './DataPane.module.css'
import { keepOutput } from './kept-outputs.ts'

/** Which outputs here come from a test, and a way to let each go. */
export function KeptOutputs({ steps }: { readonly steps: readonly string[] }) {
  const t = useT()
  const say = useSay()
  const { catalogue } = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  return (
    <ul className={styles.kept} data-testid="kept-outputs">
      {steps.map((id) => {
        const step = doc.nodes.get(id)
        const title = step === undefined ? id : titleOf(step, catalogue, say)
        return (
          <li key={id}>
            {t('inspect.data.kept', { step: title })}
            <IconButton
              size="small"
              label={t('inspect.data.kept.let-go', { step: title })}
              icon={<X size={12} aria-hidden="true" />}
              onPress={() => keepOutput(doc.head.key, id, null)}
            />
          </li>
        )
      })}
    </ul>
  )
}
