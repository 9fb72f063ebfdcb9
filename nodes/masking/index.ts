import { definePack, words } from '@sluice/sdk'
import { errors } from './errors.ts'
import { maskFieldsNode } from './nodes/mask-fields.ts'
import { maskTextNode } from './nodes/mask-text.ts'

export type { PiiKind } from './domain/finding.ts'
export { type FieldMask, type MaskedFields, marker, maskFields } from './domain/mask-fields.ts'
export { type MaskedText, type MaskOptions, maskedText, maskText, thresholds } from './domain/mask-text.ts'
export { nameView } from './domain/names.ts'
export { redactPersonal } from './domain/personal.ts'

/** Hides personal data: whole fields, or what is found in free text. */
export const maskingPack = definePack({
  id: 'masking',
  label: words('Masking', '脱敏'),
  requires: [],
  nodes: [maskFieldsNode, maskTextNode],
  errors,
})
