import { after, defineNode, durationMs, durationPattern, failure, help, shown, ui, waitForEvent, words } from '@sluice/sdk'
import { Type } from 'typebox'
import { keyText } from '../domain/key-text.ts'
import { isOurs } from '../domain/origin.ts'

/** Stays until an event about the same thing arrives. */
export const waitEvent = defineNode({
  type: 'core.wait-event',
  version: 1,
  label: words('Wait for event', '等待事件'),
  summary: words('Stays until an event about the same thing arrives.', '等待与同一对象相关的事件到达。'),
  keywords: ['signal', 'correlate', 'callback', 'reply', '信号', '回复', '关联', '等待回调'],
  category: 'flow',
  silhouette: 'timer',
  icon: 'bell-ring',
  config: Type.Object(
    {
      type: Type.String({ ...ui('event-type', 'Event type', '事件类型'), minLength: 1, maxLength: 256 }),
      key: Type.Any({
        ...ui('expression', 'Our key', '本方关联键'),
        ...help('What this run waits for, for example event.data.order', '本次运行等待的值，例如 event.data.order'),
        format: 'expression',
      }),
      match: Type.String({
        ...ui('expression', 'Key in the event', '事件中的关联键'),
        ...help('Read from the arriving event, for example event.data.order', '从到达的事件中读取，例如 event.data.order'),
        format: 'expression',
        'x-deferred': true,
        minLength: 1,
        maxLength: 10_000,
      }),
      buffered: Type.Optional(
        Type.Boolean({
          ...ui('switch', 'Also take an earlier event', '也接受更早到达的事件'),
          ...help('An event of this run’s lifetime that came before the step was reached counts too', '运行开始后、到达本步骤前的事件也算'),
          default: false,
        }),
      ),
      timeout: Type.Optional(Type.String({ ...ui('duration', 'At most', '最长等待'), pattern: durationPattern, maxLength: 64 })),
    },
    { additionalProperties: false },
  ),
  ports: (config) =>
    config.timeout === undefined
      ? [{ name: 'out', label: words('Event', '事件') }]
      : [
          { name: 'out', label: words('Event', '事件') },
          { name: 'timeout', label: words('Too late', '超时') },
        ],
  effect: 'none',
  labels: {
    gives: 'new',
    origin: ({ type }) => (isOurs(type) ? 'system' : 'outside'),
    takes: ({ timeout }) => ({ for: 'time', ms: typeof timeout === 'string' ? durationMs(timeout) : null }),
  },
  sentence: (config, language) => (language === 'en' ? `Until ${shown(config.type)} arrives` : `等待 ${shown(config.type)}`),
  run: ({ config, now }) => {
    const timeoutAt = config.timeout === undefined ? null : after(now, config.timeout)
    if (config.timeout !== undefined && timeoutAt === null)
      return failure('SLU_WAIT_TIME', words('The time limit is no ISO 8601 duration.', '时限不是 ISO 8601 时长。'))
    const key = keyText(config.key)
    if (key === null)
      return failure('SLU_WAIT_KEY', words('The key is empty, so no event could ever match it.', '键为空，任何事件都无法匹配。'))
    return waitForEvent(config.type, key, timeoutAt, { type: config.type }, config.buffered)
  },
})
