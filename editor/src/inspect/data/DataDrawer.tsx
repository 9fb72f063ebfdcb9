import { useT } from '../../app/i18n/index.ts'
import styles from './DataPane.module.css'
import { DataTree } from './DataTree.tsx'
import { documentOf } from './document.ts'
import { useScope } from './scope-context.ts'

/** The data beside the form, so that a place in it can be dragged into a field. Folded until it is asked for. */
export function DataDrawer() {
  const t = useT()
  const { scope } = useScope()
  if (scope === null) return null
  const { event, input, nodes } = documentOf(scope)
  return (
    <details className={styles.drawer} data-testid="data-drawer">
      <summary>{t('inspect.data.drag')}</summary>
      <DataTree value={{ input, event, nodes }} root={[]} opened={3} />
    </details>
  )
}
