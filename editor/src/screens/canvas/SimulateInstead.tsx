import { FlaskConical } from 'lucide-react'
import { useT } from '../../app/i18n/index.ts'
import { useFlowEditor } from '../../canvas/flow-editor.ts'
import { simulating } from '../../canvas/view-store.ts'
import { Button } from '../../ui/index.ts'

/** The way on for whoever wants to try what is not published yet. */
export function SimulateInstead({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  const { view } = useFlowEditor()
  return (
    <Button
      tone="primary"
      icon={<FlaskConical size={14} aria-hidden="true" />}
      onPress={() => {
        onClose()
        view.setState(simulating)
      }}
    >
      {t('canvas.run.simulate')}
    </Button>
  )
}
