import { durationMs, durationPattern, flaw, help, isExpression, type JsonObject, options, type Problem, ui, words } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { checkAddresses } from '../domain/addresses.ts'
import { caseLimits } from '../domain/case.ts'

const address = { minLength: 0, maxLength: 200 } as const
const duration = (en: string, zh: string, helpEn: string, helpZh: string) =>
  Type.Optional(Type.String({ ...ui('duration', en, zh), ...help(helpEn, helpZh), pattern: durationPattern, maxLength: 64 }))

const needNames = {
  all: words('everybody', '全部同意（会签）'),
  any: words('the first answer', '任一人处理（或签）'),
  ratio: words('a share of them', '达到比例（票签）'),
} as const

/** Config that a task and a veto share: who else signs, and what the clock does. All optional. */
export const signing = {
  together: Type.Optional(
    Type.Array(Type.String(address), {
      ...ui('list', 'Together with', '会签人'),
      ...help('Sign at the same time; an empty line counts for nobody', '同时处理；留空的行不计'),
      maxItems: caseLimits.signersMax,
    }),
  ),
  sign: Type.Optional(
    Type.Union(
      Object.keys(needNames).map((need) => Type.Literal(need as keyof typeof needNames)),
      { ...ui('select', 'Counts as agreed with', '同意条件'), ...options(needNames), default: 'all' },
    ),
  ),
  ratio: Type.Optional(
    Type.Number({
      ...ui('number', 'Share that must agree', '同意比例'),
      ...help('0.5 is half of them', '0.5 表示一半'),
      minimum: 0.01,
      maximum: 1,
    }),
  ),
  next: Type.Optional(
    Type.Array(Type.String(address), {
      ...ui('list', 'Then, one after another', '后续审批人'),
      ...help('An expression that gives nothing leaves this stage out', '表达式结果为空时跳过该级'),
      maxItems: caseLimits.stagesMax - 1,
    }),
  ),
  remindAfter: duration('Remind every', '提醒间隔', 'Up to five times, until it is answered', '未处理时提醒，最多五次'),
  escalateAfter: duration('Escalate after', '升级时间', 'Then it goes to the next one', '到时转给上级'),
  escalateTo: Type.Optional(
    Type.String({
      ...ui('person', 'Escalate to', '升级给'),
      ...help('A person, or everyone with a role', '某个人，或具有某角色的所有人'),
      maxLength: 200,
    }),
  ),
  ifNobody: Type.Optional(
    Type.String({
      ...ui('person', 'If there is nobody', '无人可审批时'),
      ...help('Goes to them instead; “incident” stops the run for an operator', '改由此人处理；填 incident 则转为异常'),
      maxLength: 200,
    }),
  ),
}

const SigningConfig = Type.Object(signing)
export type Signing = Static<typeof SigningConfig>

/** What the shared config gets wrong on its own. */
export function checkSigning(config: JsonObject): readonly Problem[] {
  const problems: Problem[] = [...checkAddresses(config)]
  for (const field of ['remindAfter', 'escalateAfter', 'hold'] as const) {
    const value = config[field]
    if (typeof value === 'string' && !isExpression(value) && durationMs(value) === null)
      problems.push(flaw('SLU_TASK_DUE', `/${field}`, 'Not an ISO 8601 duration.', '不是 ISO 8601 时长。'))
  }
  const { sign, ratio, escalateAfter, escalateTo } = config
  if (sign === 'ratio' && ratio === undefined)
    problems.push(flaw('SLU_TASK_RATIO', '/ratio', 'Say which share must agree.', '请填写同意比例。'))
  if (escalateAfter !== undefined && (escalateTo === undefined || escalateTo === ''))
    problems.push(flaw('SLU_TASK_ASSIGNEE', '/escalateTo', 'Say to whom it is escalated.', '请填写升级给谁。'))
  if (typeof escalateAfter === 'string' && typeof config.due === 'string') {
    const [late, end] = [durationMs(escalateAfter), durationMs(config.due)]
    if (late !== null && end !== null && late >= end)
      problems.push(flaw('SLU_TASK_DUE', '/escalateAfter', 'It expires before it is escalated.', '升级之前任务已过期。', 'warning'))
  }
  return problems
}

/** The part of the card's sentence that says who else signs. */
export function signersIn(config: JsonObject, language: 'en' | 'zh-CN'): string {
  const beside = listOf(config.together)
  const after = listOf(config.next)
  const need = config.sign === 'any' || config.sign === 'ratio' ? config.sign : 'all'
  const share = typeof config.ratio === 'number' ? Math.round(config.ratio * 100) : 100
  if (language === 'en') {
    const rule = need === 'all' ? 'all must agree' : need === 'any' ? 'the first answer counts' : `${share} % must agree`
    return `${beside > 0 ? `, with ${beside} more (${rule})` : ''}${after > 0 ? `, then ${after} more` : ''}`
  }
  const rule = need === 'all' ? '会签' : need === 'any' ? '或签' : `${share}% 同意`
  return `${beside > 0 ? `，另 ${beside} 人${rule}` : ''}${after > 0 ? `，再由 ${after} 级依次审批` : ''}`
}

function listOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0
}
