import { usePage } from '../../app/shell/page.ts'
import { useT } from '../../app/i18n/index.ts'

export function FlowsScreen() {
  const t = useT()
  usePage({ crumbs: [{ label: t('app.screen.flows') }] })
  return <h1>{t('app.screen.flows')}</h1>
}
