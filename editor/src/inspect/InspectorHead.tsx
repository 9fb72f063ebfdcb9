import { PanelRightClose } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '../app/i18n/index.ts'
import { useFlowEditor } from '../canvas/flow-editor.ts'
import { simulating } from '../canvas/view-store.ts'
import { IconButton } from '../ui/index.ts'
import styles from './Inspector.module.css'

export function InspectorHead({
  icon,
  children,
  help,
}: {
  readonly icon?: ReactNode
  readonly children: ReactNode
  readonly help?: ReactNode
}) {
  const t = useT()
  const { flow, view } = useFlowEditor()
  const close = () => {
    // Whoever mended something while playing goes on playing.
    view.setState(view.getState().simulateOpen ? simulating : { inspectorOpen: false })
    // On a phone the sheet is there for what is selected.
    if (matchMedia('(width < 700px)').matches) flow.select([])
  }
  return (
    <header className={styles.head}>
      {icon}
      <div className={styles.headWords}>
        {children}
        {help !== undefined && <p className={styles.help}>{help}</p>}
      </div>
      <IconButton
        size="small"
        label={t('canvas.inspector.close')}
        keys="]"
        icon={<PanelRightClose size={15} aria-hidden="true" />}
        onPress={close}
      />
    </header>
  )
}
