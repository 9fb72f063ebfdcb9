import type { FlowEvent, Json, JsonObject } from '@sluice/sdk'
import { defineNode, options, ui } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { sceneLabels, scenes } from '../domain/grid.ts'
import { slaMs } from '../domain/withdrawal.ts'
import { purposeField, sceneField } from './fields.ts'

export const consentChangedType = 'sluice.consent.changed'

const changes = {
  withdrawn: { en: 'withdrawn', 'zh-CN': '撤回授权' },
  granted: { en: 'granted', 'zh-CN': '给予授权' },
  any: { en: 'changed in any way', 'zh-CN': '授权有任何变化' },
} as const

const ChangedConfig = Type.Object(
  {
    change: Type.Union([Type.Literal('withdrawn'), Type.Literal('granted'), Type.Literal('any')], {
      ...ui('select', 'When consent is', '当授权'),
      ...options(changes),
    }),
    purposes: Type.Optional(Type.Array(purposeField, { maxItems: 4, ...ui('list', 'Only these purposes', '仅限这些用途') })),
    scenes: Type.Optional(Type.Array(sceneField, { maxItems: 7, ...ui('list', 'Only these scenes', '仅限这些场景') })),
  },
  { additionalProperties: false },
)
export type ChangedConfig = Static<typeof ChangedConfig>

interface ChangeData {
  readonly change?: string
  readonly cells?: readonly { readonly purpose: string; readonly scene: string }[]
}

export const changed = defineNode({
  type: 'consent.changed',
  version: 1,
  label: { en: 'Consent changed', 'zh-CN': '授权变更' },
  summary: {
    en: 'Starts the flow when a customer gives or withdraws consent.',
    'zh-CN': '客户给予或撤回授权时启动流程。',
  },
  keywords: ['withdraw', 'revoke', 'grant', 'opt-out', 'GDPR', 'PIPL', '撤回', '授权', '同意', '退订'],
  category: 'trigger',
  silhouette: 'trigger',
  icon: 'shield-alert',
  config: ChangedConfig,
  input: false,
  ports: [{ name: 'out', label: { en: 'Changed', 'zh-CN': '已变更' } }],
  effect: 'none',
  behaviour: 'trigger',
  labels: { origin: 'system', deadline: ({ change }) => (change === 'granted' ? null : slaMs) },
  sentence: (config, language) => {
    // Nobody has said it yet: to read “any” would be a choice.
    const change = changes[config.change as keyof typeof changes] ?? { en: '…', 'zh-CN': '授权…' }
    const only = Array.isArray(config.scenes) ? config.scenes.flatMap((it) => scenes.find((scene) => scene === it) ?? []) : []
    const where = only.map((scene) => sceneLabels[scene][language]).join(language === 'en' ? ', ' : '、')
    if (language === 'en') return `When consent is ${change.en}${where === '' ? '' : `: ${where}`}`
    return `当${change['zh-CN']}${where === '' ? '' : `：${where}`}`
  },
  trigger: {
    eventTypes: () => [consentChangedType],
    matches,
    subject: (event) => event.subject,
    sample: sampleEvent(),
  },
})

/** A change fits when at least one of its cells lies inside what the trigger names. */
function matches(event: FlowEvent, config: JsonObject): boolean {
  if (event.type !== consentChangedType) return false
  const data = event.data as unknown as ChangeData
  if (config.change !== 'any' && data.change !== config.change) return false
  const wantedPurposes = names(config.purposes)
  const wantedScenes = names(config.scenes)
  if (wantedPurposes.length === 0 && wantedScenes.length === 0) return true
  return (data.cells ?? []).some(
    (cell) =>
      (wantedPurposes.length === 0 || wantedPurposes.includes(cell.purpose)) &&
      (wantedScenes.length === 0 || wantedScenes.includes(cell.scene)),
  )
}

function names(list: Json | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((it): it is string => typeof it === 'string') : []
}

function sampleEvent(): Json {
  return {
    id: 'sample-1',
    source: '/sluice/consent',
    type: consentChangedType,
    subject: 'c-1001',
    time: '2026-03-02T03:00:00.000Z',
    data: {
      change: 'withdrawn',
      customer: { id: 'c-1001', name: '李雷', owner: 'r-1', language: 'zh-CN' },
      purposes: ['recommendation'],
      scenes: ['quote_push'],
      cells: [{ purpose: 'recommendation', scene: 'quote_push' }],
      categories: [],
      session: null,
      epoch: 18,
      withdrawal: 'sample-withdrawal',
      channel: 'preference_page',
    },
  }
}
