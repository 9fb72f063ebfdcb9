import {
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
import { alertTextCharsMax } from '../domain/alert.ts'

export const RepConfig = Type.Object(
  {
    to: Type.Optional(
      Type.String({
        ...ui('person', 'Who', '通知谁'),
        ...help('Rep, user or role; empty: the customer’s owner', '销售、用户或角色；留空则通知客户负责人'),
        maxLength: 200,
      }),
    ),
    title: Type.Optional(inLanguages('Title', '标题', { maxLength: 500 })),
    text: inLanguages('Text', '内容', { minLength: 1, maxLength: alertTextCharsMax }),
    customer: Type.Optional(
      Type.String({
        ...ui('customer', 'About customer', '相关客户'),
        ...help('Empty: whom the run is about', '留空则为本次运行的客户'),
        maxLength: 200,
      }),
    ),
    ackWithin: Type.Optional(
      Type.String({
        ...ui('duration', 'Must be read within', '须在此时间内确认'),
        ...help('After that the manager sees it too, and the run leaves by “unacknowledged”', '超时后同时通知主管，流程走“未确认”出口'),
        pattern: durationPattern,
        maxLength: 64,
      }),
    ),
    escalateTo: Type.Optional(
      Type.String({
        ...ui('person', 'Then tell', '超时通知'),
        ...help('Empty: the rep’s manager, else the role admin', '留空则为销售的主管，没有则为管理员角色'),
        maxLength: 200,
      }),
    ),
  },
  { additionalProperties: false },
)

/** Tells a rep in the product's inbox, and by the outgoing webhook when one is connected. */
export const notifyRep = defineNode({
  type: 'notify.rep',
  version: 1,
  label: words('Alert rep', '通知销售'),
  summary: words('Alerts a rep at once and can insist on an answer.', '立即提醒销售，并可要求确认。'),
  keywords: ['alert', 'notify', 'remind', 'inbox', 'warn', '提醒', '告警', '预警', '通知', '收件箱'],
  category: 'people',
  silhouette: 'human',
  icon: 'bell',
  config: RepConfig,
  ports: (config) =>
    config.ackWithin === undefined
      ? [{ name: 'out', label: words('Told', '已通知') }]
      : [
          { name: 'out', label: words('Acknowledged', '已确认') },
          { name: 'unacknowledged', label: words('Not acknowledged', '未确认') },
        ],
  effect: 'internal',
  labels: {
    gives: 'new',
    origin: 'system',
    protects: 'alert',
    takes: ({ ackWithin }) => (typeof ackWithin === 'string' ? { for: 'person', ms: durationMs(ackWithin) } : null),
  },
  sentence: (config, language) => {
    const who = shown(config.to, language === 'en' ? 'the owner' : '客户负责人')
    if (config.ackWithin === undefined) return language === 'en' ? `Alerts ${who}` : `通知${who}`
    return language === 'en'
      ? `Alerts ${who}, answer within ${shown(config.ackWithin)}`
      : `通知${who}，须在 ${shown(config.ackWithin)} 内确认`
  },
  check: checkAlert,
})

function checkAlert({ ackWithin }: JsonObject): readonly Problem[] {
  if (typeof ackWithin !== 'string' || isExpression(ackWithin) || durationMs(ackWithin) !== null) return []
  return [flaw('SLU_ALERT_DEADLINE', '/ackWithin', 'Not an ISO 8601 duration.', '不是 ISO 8601 时长。')]
}
