import type { Json } from '@sluice/sdk'
import { type Scene, sceneLabels } from '../../consent/index.ts'
import { factText, isUsable, type Knowledge, type Signal } from './facts.ts'
import { type Play, plays } from './plays.ts'

/** Who wrote it. Screens show it; exports keep it. */
export type Origin = { readonly kind: 'rules' } | { readonly kind: 'model'; readonly model: string; readonly prompt: string }

interface Wording {
  readonly en: string
  readonly 'zh-CN': string
}

export interface StrategyAction {
  readonly type: string
  readonly channel: string
  readonly purpose: 'recommendation'
  readonly scene: Scene
  /** ISO 8601 duration. */
  readonly within: string
  readonly text: Wording
  /** Facts the sentence rests on. */
  readonly factRefs: readonly string[]
}

/** The same shape whoever wrote it, so that flows do not change when a model is added. */
export interface StrategyDraft {
  readonly situation: Wording
  readonly goal: Wording
  readonly actions: readonly StrategyAction[]
  readonly risks: readonly Wording[]
  readonly askHuman: readonly Wording[]
  readonly origin: Origin
}

export const rulesLabel: Wording = { en: 'rules, no model', 'zh-CN': '规则生成，未使用模型' }

const actionsMax = 3

const situations: { readonly [Name in Signal]: Wording } = {
  price_objection: { en: 'The customer finds the price too high.', 'zh-CN': '客户认为价格偏高。' },
  competitor: { en: 'The customer is looking at another offer.', 'zh-CN': '客户正在对比其他方案。' },
  stalled: { en: 'The talk has not moved for a while.', 'zh-CN': '商谈一段时间没有进展。' },
  no_reply: { en: 'The customer has not answered.', 'zh-CN': '客户尚未回复。' },
  churn_risk: { en: 'The customer may leave.', 'zh-CN': '客户有流失风险。' },
  renewal: { en: 'A contract or car is coming to its end.', 'zh-CN': '合同或车辆即将到期。' },
  cross_sell: { en: 'There is room for something that helps this customer.', 'zh-CN': '有机会为客户提供更多帮助。' },
  onboarding: { en: 'The customer has just started with us.', 'zh-CN': '客户刚刚成为我们的用户。' },
  consent_withdrawn: { en: 'The customer has withdrawn part of the consent.', 'zh-CN': '客户撤回了部分授权。' },
}

const goals: { readonly [Name in Signal]: Wording } = {
  price_objection: {
    en: 'Keep the talk on value and find a way that needs no discount.',
    'zh-CN': '把商谈拉回价值，优先寻找无需折扣的办法。',
  },
  competitor: { en: 'Let the customer compare on what matters to them.', 'zh-CN': '让客户就其关心之处进行比较。' },
  stalled: { en: 'One dated next step.', 'zh-CN': '约定一个有日期的下一步。' },
  no_reply: { en: 'One answer, whatever it is.', 'zh-CN': '得到一个明确答复。' },
  churn_risk: { en: 'Understand and mend what went wrong.', 'zh-CN': '弄清并解决问题。' },
  renewal: { en: 'Show what comes next in time.', 'zh-CN': '及时说明后续选择。' },
  cross_sell: { en: 'Offer one thing that fits.', 'zh-CN': '只推荐一件合适的东西。' },
  onboarding: { en: 'A good first month.', 'zh-CN': '让客户度过满意的第一个月。' },
  consent_withdrawn: { en: 'Serve within what is still allowed, and nothing beyond it.', 'zh-CN': '仅在仍被允许的范围内服务，绝不越界。' },
}

/** The book of plays, applied: pure, the same facts give the same strategy, and nothing appears that a grant does not cover. */
export function strategise(knowledge: Knowledge, signal: Signal): StrategyDraft {
  const fitting = plays
    .filter(
      (it) => it.signal === signal && knowledge.scenes.includes(it.scene) && it.needs.every((name) => isUsable(knowledge, name, it.scene)),
    )
    .sort((a, b) => rank(b) - rank(a) || a.id.localeCompare(b.id))
    .slice(0, actionsMax)
  return {
    situation: situations[signal],
    goal: goals[signal],
    actions: fitting.map((it) => actionOf(it, knowledge.facts)),
    risks: [...missingOf(knowledge, signal), ...risksOf(knowledge)],
    askHuman: fitting.length === 0 ? [nothingLeft(knowledge)] : [],
    origin: { kind: 'rules' },
  }
}

/** Evidence makes a play better: each fact it uses counts. */
function rank(it: Play): number {
  return it.priority + 4 * it.needs.length
}

function actionOf(it: Play, facts: Knowledge['facts']): StrategyAction {
  return {
    type: it.id,
    channel: it.channel,
    purpose: 'recommendation',
    scene: it.scene,
    within: it.within,
    text: { en: fill(it.en, facts), 'zh-CN': fill(it.zh, facts) },
    factRefs: it.needs,
  }
}

function fill(text: string, facts: { readonly [field: string]: Json }): string {
  return text.replace(/\{([a-z_]+)\}/g, (_, name: string) => factText(facts, name) ?? '')
}

/** Scenes this occasion is about and the customer has not granted: what there would be to say, and may not be said. */
function missingOf({ scenes }: Knowledge, signal: Signal): readonly Wording[] {
  const about = new Set(plays.filter((it) => it.signal === signal).map(({ scene }) => scene))
  const missing = [...about].filter((scene) => !scenes.includes(scene))
  if (missing.length === 0) return []
  return [
    {
      en: `Not granted: ${missing.map((scene) => sceneLabels[scene].en).join(', ')}. Say nothing of it before the customer agrees.`,
      'zh-CN': `未获授权：${missing.map((scene) => sceneLabels[scene]['zh-CN']).join('、')}。客户同意之前请勿涉及。`,
    },
  ]
}

function risksOf(knowledge: Knowledge): readonly Wording[] {
  if (knowledge.withheld.length === 0) return []
  const count = knowledge.withheld.length
  return [
    {
      en: `${count} ${count === 1 ? 'field is' : 'fields are'} withheld for lack of consent; do not ask around them.`,
      'zh-CN': `有 ${count} 个字段因缺少授权而不可用，请勿旁敲侧击。`,
    },
  ]
}

function nothingLeft(knowledge: Knowledge): Wording {
  const en = knowledge.scenes.map((scene) => sceneLabels[scene].en).join(', ')
  const zh = knowledge.scenes.map((scene) => sceneLabels[scene]['zh-CN']).join('、')
  return {
    en:
      en === ''
        ? 'No scene is granted: do nothing until the customer agrees.'
        : `No play fits what is granted (${en}): ask your manager before acting.`,
    'zh-CN': zh === '' ? '没有任何场景被授权：客户同意之前不要行动。' : `已授权的范围（${zh}）内没有合适的打法：行动前请先询问主管。`,
  }
}
