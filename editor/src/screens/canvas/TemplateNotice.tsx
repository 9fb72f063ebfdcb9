import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { needTexts, useT } from '../../app/i18n/index.ts'
import { useFlow, useView } from '../../canvas/flow-editor.ts'
import { Button } from '../../ui/index.ts'
import { readCopyOf } from '../templates/template-api.ts'
import styles from './RecoverBanner.module.css'

const UpgradeDialog = lazy(async () => {
  const [part] = await Promise.all([import('./UpgradeDialog.tsx'), needTexts('forms')])
  return { default: part.UpgradeDialog }
})

/** Says that the template of this copy has a newer version, and leads to what would change. */
export function TemplateNotice() {
  const t = useT()
  const key = useFlow((state) => state.doc.head.key)
  const canEdit = useView((view) => view.canEdit)
  const copy = useQuery({ queryKey: ['flow-template', key], queryFn: ({ signal }) => readCopyOf(key, signal) })
  const [open, setOpen] = useState(false)
  const about = copy.data
  if (!canEdit || about === undefined || about.template === null || about.newest === null || about.newest <= about.version) return null
  return (
    <div className={styles.banner} role="status" data-testid="template-newer">
      <span>{t('template.newer', { version: about.newest })}</span>
      <Button size="small" onPress={() => setOpen(true)}>
        {t('template.look')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <UpgradeDialog flowKey={key} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
