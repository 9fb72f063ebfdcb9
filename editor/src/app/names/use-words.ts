import { type MessageId, useT } from '../i18n/index.ts'

const purposes = ['recommendation', 'risk_modelling', 'third_party_sharing', 'service_delivery'] as const
const scenes = ['test_drive', 'quote_push', 'competitor_compare', 'finance_plan', 'aftersales_care', 'event_invite', 'community'] as const
const channels = [
  'preference_page',
  'wechat',
  'wechat_mp',
  'wecom_chat',
  'h5',
  'app',
  'call',
  'visit',
  'email',
  'sms',
  'api',
  'rep',
  'glasses',
  'editor',
] as const

export { purposes as purposeNames, scenes as sceneNames }
export type PurposeName = (typeof purposes)[number]
export type SceneName = (typeof scenes)[number]

function isOneOf<Name extends string>(names: readonly Name[], value: string): value is Name {
  return names.some((name) => name === value)
}

/** Purposes, scenes and channels in words; an unknown one shows its own name. */
export function useWords() {
  const t = useT()
  const word = (id: MessageId) => t(id)
  return {
    purpose: (name: string) => (isOneOf(purposes, name) ? word(`app.purpose.${name}`) : name),
    scene: (name: string) => (isOneOf(scenes, name) ? word(`app.scene.${name}`) : name),
    channel: (name: string) => (isOneOf(channels, name) ? word(`app.channel.${name}`) : name),
  }
}
