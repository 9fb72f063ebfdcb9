import { lazy, Suspense, useState } from 'react'
import { needTexts, useT } from '../../app/i18n/index.ts'
import { Button } from '../../ui/index.ts'
import styles from './RecoverBanner.module.css'

const UpgradeDialog = lazy(async () => {
  const [part] = await Promise.all([import('./UpgradeDialog.tsx'), needTexts('forms')])
  return { default: part.UpgradeDialog }
})

/** Leads to what a newer version of the template would change in this copy. */
export function NewerTemplate({ flowKey, version }: { readonly flowKey: string; readonly version: number }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.banner} role="status" data-testid="template-newer">
      <span>{t('template.newer', { version })}</span>
      <Button size="small" onPress={() => setOpen(true)}>
        {t('template.look')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <UpgradeDialog flowKey={flowKey} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
