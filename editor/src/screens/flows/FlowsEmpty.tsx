import { Plus } from 'lucide-react'
import { useT } from '../../app/i18n/index.ts'
import { Button, EmptyState } from '../../ui/index.ts'
import { GatePicture } from '../sign-in/GatePicture.tsx'
import styles from './FlowsEmpty.module.css'

export function FlowsEmpty({ mayWrite, onNew }: { readonly mayWrite: boolean; readonly onNew: () => void }) {
  const t = useT()
  return (
    <div className={styles.empty}>
      <EmptyState
        picture={
          <div className={styles.picture}>
            <GatePicture />
          </div>
        }
        title={t('flows.empty.title')}
        example={t('empty.templates.example')}
        action={
          mayWrite && (
            <Button tone="primary" size="large" icon={<Plus size={16} aria-hidden="true" />} onPress={onNew}>
              {t('flows.new')}
            </Button>
          )
        }
      >
        {t('flows.empty.text')}
      </EmptyState>
    </div>
  )
}
