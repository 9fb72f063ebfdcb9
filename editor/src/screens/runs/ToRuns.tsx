import { useT } from '../../app/i18n/index.ts'
import { LinkButton } from '../../ui/index.ts'

export function ToRuns() {
  const t = useT()
  return (
    <LinkButton href="/runs" tone="primary">
      {t('empty.to.runs')}
    </LinkButton>
  )
}
