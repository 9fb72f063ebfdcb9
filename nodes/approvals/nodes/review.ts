import {
  condition,
  defineNode,
  durationMs,
  durationPattern,
  flaw,
  help,
  inLanguages,
  isExpression,
  type JsonObject,
  type Problem,
  shown,
  ui,
  words,
} from '@sluice/sdk'
import { Type } from 'typebox'
import { checkAddresses } from '../domain/addresses.ts'
import { titleCharsMax } from '../domain/tables.ts'

export const ReviewConfig = Type.Object(
  {
    content: Type.Any({ ...ui('value', 'What is reviewed', '审核内容'), ...help('What the AI proposes', 'AI 给出的建议') }),
    reviewer: Type.String({
      ...ui('person', 'Who reviews', '审核人'),
      ...help('A person, or everyone with a role', '某个人，或具有某角色的所有人'),
      minLength: 1,
      maxLength: 200,
    }),
    highValue: Type.Optional(
      Type.Any({
        ...ui('expression', 'High-value customer', '高价值客户'),
        ...condition,
        ...help('When true the director reviews too', '为真时总监复审'),
        format: 'expression',
      }),
    ),
    director: Type.Optional(
      Type.String({ ...ui('person', 'Second reviewer', '复审人'), ...help('Empty: the directors', '留空为总监'), maxLength: 200 }),
    ),
    title: Type.Optional(inLanguages('Title', '标题', { maxLength: titleCharsMax })),
    due: Type.Optional(
      Type.String({
        ...ui('duration', 'Due within', '审核时限'),
        ...help('Then it counts as rejected', '超时视为未通过'),
        pattern: durationPattern,
        maxLength: 64,
        default: 'PT4H',
      }),
    ),
    amount: Type.Optional(
      Type.Any({
        ...ui('value', 'Money at stake', '涉及金额'),
        ...help('Minor units; with money everything is reviewed', '最小货币单位；涉及资金时全部审核'),
      }),
    ),
    share: Type.Optional(
      Type.Number({
        ...ui('number', 'Share that is reviewed', '抽查比例'),
        ...help('1 is all; the rest leaves by “not reviewed”', '1 表示全部；其余走“未审核”出口'),
        minimum: 0,
        maximum: 1,
        default: 1,
      }),
    ),
    author: Type.Optional(
      Type.String({ ...ui('person', 'Whose proposal', '提出人'), ...help('May not review it', '不能审核自己的建议'), maxLength: 200 }),
    ),
    ifNobody: Type.Optional(
      Type.String({
        ...ui('person', 'If there is nobody', '无人可审批时'),
        ...help('Goes to them instead; “incident” stops the run for an operator', '改由此人处理；填 incident 则转为异常'),
        maxLength: 200,
      }),
    ),
  },
  { additionalProperties: false },
)

/** Dual-track verification: what an AI says meets a person, and for high-value customers the director as well. */
export const review = defineNode({
  type: 'approvals.review',
  version: 1,
  label: words('Review', '双轨审核'),
  summary: words(
    'A person checks what the AI proposes; for high-value customers the director too.',
    '由人员核验 AI 建议；高价值客户由总监复审。',
  ),
  keywords: ['check', 'ai', 'insight', 'verify', 'director', 'dual track', '审核', '核验', '双轨', '复审', '总监'],
  category: 'people',
  silhouette: 'human',
  icon: 'clipboard-check',
  config: ReviewConfig,
  ports: (config) => [
    { name: 'approved', label: words('Approved', '已通过') },
    { name: 'rejected', label: words('Rejected', '未通过') },
    { name: 'expired', label: words('Expired', '已过期') },
    ...(isSampled(config) ? [{ name: 'unreviewed', label: words('Not reviewed', '未审核') }] : []),
  ],
  effect: 'internal',
  labels: { origin: 'person' },
  sentence: (config, language) => {
    const second = config.highValue !== undefined && config.highValue !== ''
    const director = shown(config.director, language === 'en' ? 'the director' : '总监')
    if (language === 'en') return `${shown(config.reviewer)} reviews${second ? `, for high value ${director} too` : ''}`
    return `由 ${shown(config.reviewer)} 审核${second ? `，高价值客户再由${director}复审` : ''}`
  },
  check: checkReview,
})

function isSampled(config: JsonObject): boolean {
  return typeof config.share === 'number' && config.share < 1
}

function checkReview(config: JsonObject): readonly Problem[] {
  const problems: Problem[] = [...checkAddresses(config)]
  if (isSampled(config) && config.amount !== undefined && config.amount !== null && config.amount !== '')
    problems.push(flaw('SLU_REVIEW_SAMPLED_MONEY', '/share', 'Where money is at stake everything is reviewed.', '涉及资金时须全部审核。'))
  if (typeof config.due === 'string' && !isExpression(config.due) && durationMs(config.due) === null)
    problems.push(flaw('SLU_TASK_DUE', '/due', 'Not an ISO 8601 duration.', '不是 ISO 8601 时长。'))
  return problems
}
