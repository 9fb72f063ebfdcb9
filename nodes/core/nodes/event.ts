import { condition, defineNode, flaw, help, shown, typeFits, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'
import { isOurs } from '../domain/origin.ts'

/** `order.*` and `*`; a star anywhere else would be taken as it is written and fit nothing. */
const starAtEnd = /^([^*]+\.)?\*$/

/** Starts a run for each event of one type, or of all types below a name. */
export const event = defineNode({
  type: 'core.event',
  version: 1,
  label: words('Event', '事件'),
  summary: words('Starts when an event of this type arrives.', '收到该类型的事件时启动。'),
  keywords: ['trigger', 'start', 'cloudevents', 'message', '触发', '开始', '消息', '监听', 'arrives', '收到'],
  category: 'trigger',
  silhouette: 'trigger',
  icon: 'radio',
  config: Type.Object(
    {
      type: Type.String({
        ...ui('event-type', 'Event type', '事件类型'),
        ...help(
          'Choose one, or write what the other system sends, such as order.paid; order.* takes all that begins so, * everything',
          '从列表中选择，或填写对方系统发来的类型，例如 order.paid；order.* 匹配以此开头的全部类型，* 匹配所有',
        ),
        minLength: 1,
        maxLength: 256,
      }),
      filter: Type.Optional(
        Type.String({
          ...ui('expression', 'Only when', '仅当'),
          ...condition,
          ...help('Condition over the event; empty takes every event', '针对事件的条件；留空则接收全部事件'),
          format: 'expression',
          'x-deferred': true,
          maxLength: 10_000,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  input: false,
  ports: [{ name: 'out', label: words('Event', '事件') }],
  effect: 'none',
  behaviour: 'trigger',
  labels: { origin: ({ type }) => (isOurs(type) ? 'system' : 'outside') },
  sentence: (config, language) => (language === 'en' ? `When ${shown(config.type)} arrives` : `收到 ${shown(config.type)} 时`),
  check: ({ type }) =>
    typeof type === 'string' && type.includes('*') && !starAtEnd.test(type)
      ? [
          flaw(
            'SLU_EVENT_PATTERN',
            '/type',
            'A star stands for whole parts at the end: order.* or *.',
            '星号只能代表末尾的完整部分：order.* 或 *。',
          ),
        ]
      : [],
  trigger: {
    eventTypes: (config) => (typeof config.type === 'string' ? [config.type] : []),
    // The engine evaluates the deferred `filter` itself, with its bounds.
    matches: (incoming, config) => typeof config.type === 'string' && typeFits(config.type, incoming.type),
  },
})
