import { usePage } from '../../app/shell/page.ts'
import { useT } from '../../app/i18n/index.ts'

export function WithdrawalsScreen() {
  const t = useT()
  usePage({ crumbs: [{ label: t('app.screen.withdrawals') }] })
  return <h1>{t('app.screen.withdrawals')}</h1>
}
