import { usePage } from '../../app/shell/page.ts'
import { useT } from '../../app/i18n/index.ts'

export function AuditScreen() {
  const t = useT()
  usePage({ crumbs: [{ label: t('app.screen.audit') }] })
  return <h1>{t('app.screen.audit')}</h1>
}
