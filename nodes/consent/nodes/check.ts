import { defineNode, help, ui } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { isPurpose, isScene, purposeLabels, sceneLabels } from '../domain/grid.ts'
import { purposeField, sceneField } from './fields.ts'

export const CheckConfig = Type.Object(
  {
    customer: Type.Optional(
      Type.String({
        maxLength: 2_000,
        ...ui('customer', 'Customer', '客户'),
        ...help('Empty: the customer this run is about.', '留空：本次运行所涉客户。'),
      }),
    ),
    purpose: purposeField,
    scene: sceneField,
    session: Type.Optional(
      Type.String({ maxLength: 2_000, ...ui('text', 'Session', '会话'), ...help('Ask for one talk only.', '只针对某一次会话。') }),
    ),
  },
  { additionalProperties: false },
)
export type CheckConfig = Static<typeof CheckConfig>

export const check = defineNode({
  type: 'consent.check',
  version: 1,
  label: { en: 'Check consent', 'zh-CN': '检查授权' },
  summary: {
    en: 'Asks whether this customer agreed to this use in this scene, and splits the line by the answer.',
    'zh-CN': '查询客户是否授权了该场景下的该用途，并按结果分流。',
  },
  keywords: ['permission', 'grant', 'gate', 'allowed', '授权', '许可', '同意', '权限'],
  category: 'consent',
  silhouette: 'consent',
  icon: 'shield-check',
  config: CheckConfig,
  ports: [
    { name: 'granted', label: { en: 'Granted', 'zh-CN': '已授权' } },
    { name: 'denied', label: { en: 'Not granted', 'zh-CN': '未授权' } },
  ],
  effect: 'internal',
  labels: {
    gives: 'new',
    origin: 'system',
    gate: {
      port: 'granted',
      use: ({ purpose, scene }) => (typeof purpose === 'string' && typeof scene === 'string' ? { purpose, scene } : null),
    },
  },
  sentence: (config, language) => {
    const { purpose, scene } = config
    if (!isPurpose(purpose) || !isScene(scene)) return language === 'en' ? 'Choose a purpose and a scene' : '请选择用途和场景'
    return `${sceneLabels[scene][language]} · ${purposeLabels[purpose][language]}`
  },
})
