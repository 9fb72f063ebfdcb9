import { Footprints, Plus } from 'lucide-react'
import { runCommand } from '../../app/commands/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useFlow, useFlowEditor, useView } from '../../canvas/flow-editor.ts'
import { Button } from '../../ui/index.ts'
import styles from './EmptyCanvas.module.css'

/** What to do first, where the first step will stand. */
export function EmptyCanvas() {
  const t = useT()
  const { view, surface } = useFlowEditor()
  const isEmpty = useFlow((state) => state.doc.nodes.size === 0 && state.doc.notes.size === 0)
  const canEdit = useView((state) => state.canEdit)
  if (!isEmpty || !canEdit) return null
  const add = () => {
    const center = surface.current?.center() ?? { x: 0, y: 0 }
    const screen = surface.current?.toScreen({ x: center.x - 160, y: center.y - 200 }) ?? { x: 400, y: 200 }
    view.setState({ quickAdd: { ...screen, at: { x: center.x - 300, y: center.y - 32 } } })
  }
  return (
    <div className={styles.empty}>
      <svg className={styles.picture} viewBox="0 0 320 84" aria-hidden="true">
        <rect x="2" y="18" width="88" height="48" rx="24" />
        <path d="M 92 42 C 112 42 112 42 132 42" />
        <rect x="134" y="18" width="76" height="48" rx="9" />
        <path d="M 212 42 C 232 42 222 20 242 20 M 212 42 C 232 42 222 64 242 64" />
        <rect x="244" y="2" width="74" height="36" rx="9" />
        <rect x="244" y="46" width="74" height="36" rx="9" />
      </svg>
      <h2>{t('canvas.empty.title')}</h2>
      <p>{t('canvas.empty.lead')}</p>
      <Button tone="primary" size="large" className={styles.button} icon={<Plus size={16} aria-hidden="true" />} onPress={add}>
        {t('canvas.empty.add')}
      </Button>
      <p className={styles.hint}>{t('canvas.empty.hint')}</p>
      <Button
        tone="quiet"
        className={styles.button}
        icon={<Footprints size={15} aria-hidden="true" />}
        onPress={() => runCommand('app.tour', 'toolbar')}
      >
        {t('app.command.tour')}
      </Button>
    </div>
  )
}
