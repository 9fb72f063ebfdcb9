import type { WireLabel } from '@sluice/engine/compile'
import type { Translate } from '../../app/i18n/index.ts'

/** What is known of the data on a wire, in a few lines: where from, whose, what kinds, for what, and who approved it. */
export function sayLabel(label: WireLabel, t: Translate): string {
  const from = label.origin.map((origin) => t(`label.origin.${origin}`))
  const lines = [t('label.from', { from: from.length === 0 ? t('label.nobody') : from.join(', ') }), t(`label.subject.${label.subject}`)]
  if (label.categories.length > 0) lines.push(t('label.categories', { categories: label.categories.join(', ') }))
  if (label.purposes.length > 0) lines.push(t('label.uses', { purposes: label.purposes.join(', '), scenes: label.scenes.join(', ') }))
  if (label.approvals.length > 0) lines.push(t('label.approved', { steps: label.approvals.join(', ') }))
  return lines.join('\n')
}
