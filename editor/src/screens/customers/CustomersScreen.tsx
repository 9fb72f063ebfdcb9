import { usePage } from '../../app/shell/page.ts'
import { useT } from '../../app/i18n/index.ts'

export function CustomersScreen() {
  const t = useT()
  usePage({ crumbs: [{ label: t('app.screen.customers') }] })
  return <h1>{t('app.screen.customers')}</h1>
}
