import { usePage } from '../../app/shell/page.ts'
import { useT } from '../../app/i18n/index.ts'

export function RunsScreen() {
  const t = useT()
  usePage({ crumbs: [{ label: t('app.screen.runs') }] })
  return <h1>{t('app.screen.runs')}</h1>
}
