import { definePack } from '@sluice/sdk'
import { errors } from './errors.ts'
import { changed, consentChangedType } from './nodes/changed.ts'
import { check } from './nodes/check.ts'

export * from './domain/bundle.ts'
export * from './domain/categories.ts'
export type { Reason, Verdict } from './domain/check.ts'
export * from './domain/grid.ts'
export { gridInSession, type SessionChannel, sessionChannels } from './domain/session.ts'
export { repCard, type Scope, type StepName, type StepState, stepNames, type WithdrawalState } from './domain/withdrawal.ts'
export { consentChangedType } from './nodes/changed.ts'
export { purposeField, sceneField } from './nodes/fields.ts'

/** Grants per purpose and scene, the fence in front of every act, and the withdrawal with its clock. */
export const consentPack = definePack({
  id: 'consent',
  label: { en: 'Consent', 'zh-CN': '授权' },
  requires: [],
  nodes: [changed, check],
  events: [
    {
      type: consentChangedType,
      label: { en: 'Consent changed', 'zh-CN': '授权变更' },
      sample: changed.trigger?.sample,
    },
  ],
  errors,
})
