import { type MessageId, useT } from '../../app/i18n/index.ts'
import { SelectWidget } from './plain.tsx'
import type { WidgetProps } from './types.ts'

const purposes = ['recommendation', 'risk_modelling', 'third_party_sharing', 'service_delivery']
const scenes = ['test_drive', 'quote_push', 'competitor_compare', 'finance_plan', 'aftersales_care', 'event_invite', 'community']

/** The purposes and scenes a customer can consent to, in the same words as everywhere. */
export function UseWidget(props: WidgetProps) {
  const t = useT()
  const { field } = props
  if (field.options.length > 0) return <SelectWidget {...props} />
  const values = field.widget === 'purpose' ? purposes : scenes
  const options = values.map((value) => ({ value, label: t(`app.${field.widget}.${value}` as MessageId) }))
  return <SelectWidget {...props} field={{ ...field, options }} />
}
