import { usePage } from '../../app/shell/page.ts'
import { useT } from '../../app/i18n/index.ts'

export function MessagesScreen() {
  const t = useT()
  usePage({ crumbs: [{ label: t('app.screen.messages') }] })
  return <h1>{t('app.screen.messages')}</h1>
}
