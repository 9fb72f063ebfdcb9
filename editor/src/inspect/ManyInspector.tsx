import { runCommand } from '../app/commands/index.ts'
import { useT } from '../app/i18n/index.ts'
import { useView } from '../canvas/flow-editor.ts'
import { Button } from '../ui/index.ts'
import styles from './Inspector.module.css'
import { InspectorHead } from './InspectorHead.tsx'
import { ManyOptions } from './ManyOptions.tsx'

const commands = ['duplicate', 'group', 'extract', 'tidy-selection', 'delete'] as const

/** Several things at once: what can be done to all of them. */
export function ManyInspector({ count }: { readonly count: number }) {
  const t = useT()
  const canEdit = useView((view) => view.canEdit)
  return (
    <>
      <InspectorHead help={t('canvas.many.help')}>
        <h3 className={styles.title}>{t('canvas.many.title', { count })}</h3>
      </InspectorHead>
      {canEdit && <ManyOptions />}
      {canEdit && (
        <div className={styles.column}>
          {commands.map((name) => (
            <Button key={name} size="small" tone={name === 'delete' ? 'danger' : 'secondary'} onPress={() => runCommand(`canvas.${name}`)}>
              {t(`canvas.command.${name}`)}
            </Button>
          ))}
        </div>
      )}
    </>
  )
}
