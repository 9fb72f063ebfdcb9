import { usePage } from '../../app/shell/page.ts'
import { useT } from '../../app/i18n/index.ts'

export function AlertsScreen() {
  const t = useT()
  usePage({ crumbs: [{ label: t('app.screen.alerts') }] })
  return <h1>{t('app.screen.alerts')}</h1>
}
