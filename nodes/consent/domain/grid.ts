import type { Text } from '@sluice/sdk'

/** Why data is used. The order is part of the stored masks and never changes. */
export const purposes = ['recommendation', 'risk_modelling', 'third_party_sharing', 'service_delivery'] as const
/** The business situation it is used in. The order is part of the stored masks and never changes. */
export const scenes = [
  'test_drive',
  'quote_push',
  'competitor_compare',
  'finance_plan',
  'aftersales_care',
  'event_invite',
  'community',
] as const

export type Purpose = (typeof purposes)[number]
export type Scene = (typeof scenes)[number]

/** One square of the grid: the smallest thing a person can say yes or no to. */
export interface Cell {
  readonly purpose: Purpose
  readonly scene: Scene
}

/** 4 purposes × 7 scenes in 28 bits: bit = purpose × 7 + scene. */
export type Mask = number
export const everything: Mask = 2 ** (purposes.length * scenes.length) - 1

export function isPurpose(value: unknown): value is Purpose {
  return purposes.some((purpose) => purpose === value)
}

export function isScene(value: unknown): value is Scene {
  return scenes.some((scene) => scene === value)
}

/** @example `bitOf({ purpose: 'recommendation', scene: 'quote_push' }) // 2` */
export function bitOf(cell: Cell): Mask {
  return 1 << (purposes.indexOf(cell.purpose) * scenes.length + scenes.indexOf(cell.scene))
}

export function maskOf(cells: Iterable<Cell>): Mask {
  let mask = 0
  for (const cell of cells) mask |= bitOf(cell)
  return mask
}

export function cellsOf(mask: Mask): Cell[] {
  return allCells.filter((cell) => (mask & bitOf(cell)) !== 0)
}

/** Every cell of these purposes and scenes; a list that is left out means all of them. Asked for each field of each customer: no lists here. */
export function block(of: { readonly purposes?: readonly Purpose[]; readonly scenes?: readonly Scene[] }): Mask {
  let row = 0
  for (const scene of of.scenes ?? scenes) if (isScene(scene)) row |= 1 << scenes.indexOf(scene)
  let mask = 0
  for (const purpose of of.purposes ?? purposes) if (isPurpose(purpose)) mask |= row << (purposes.indexOf(purpose) * scenes.length)
  return mask
}

export const allCells: readonly Cell[] = purposes.flatMap((purpose) => scenes.map((scene) => ({ purpose, scene })))

export const purposeLabels: { readonly [Name in Purpose]: Exclude<Text, string> } = {
  recommendation: { en: 'Sales recommendation', 'zh-CN': '销售推荐' },
  risk_modelling: { en: 'Risk modelling', 'zh-CN': '风控建模' },
  third_party_sharing: { en: 'Third-party sharing', 'zh-CN': '第三方共享' },
  service_delivery: { en: 'Service delivery', 'zh-CN': '履约服务' },
}

export const sceneLabels: { readonly [Name in Scene]: Exclude<Text, string> } = {
  test_drive: { en: 'Test drive', 'zh-CN': '试驾预约' },
  quote_push: { en: 'Quote push', 'zh-CN': '报价推送' },
  competitor_compare: { en: 'Competitor comparison', 'zh-CN': '竞品对比' },
  finance_plan: { en: 'Finance plan', 'zh-CN': '金融方案' },
  aftersales_care: { en: 'After-sales care', 'zh-CN': '售后关怀' },
  event_invite: { en: 'Event invitation', 'zh-CN': '活动邀约' },
  community: { en: 'Community', 'zh-CN': '社群互动' },
}

/** How a cell is spoken of. @example `cellLabel({ purpose: 'recommendation', scene: 'quote_push' }, 'zh-CN') // '报价推送 · 销售推荐'` */
export function cellLabel(cell: Cell, language: 'en' | 'zh-CN'): string {
  return `${sceneLabels[cell.scene][language]} · ${purposeLabels[cell.purpose][language]}`
}
