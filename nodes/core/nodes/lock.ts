import { after, defineNode, durationMs, durationPattern, failure, help, isExpression, shown, ui, waitForLock, words } from '@sluice/sdk'
import { Type } from 'typebox'
import { keyText } from '../domain/key-text.ts'

const emptyKey = words('The key of the lock is empty.', '锁的键为空。')
const longKey = words('The key of the lock is longer than 1000 characters.', '锁的键超过 1000 个字符。')

/** The beginning of a critical section: whoever asks for the same key meanwhile, in any run of any flow, waits in line. */
export const lock = defineNode({
  type: 'core.lock',
  version: 1,
  label: words('Lock', '加锁'),
  summary: words(
    'Goes on when nobody else holds this key; others wait in line until it is unlocked or the line ends.',
    '无人占用该键时继续；其他分支排队等待，直到解锁或本分支结束。',
  ),
  keywords: ['critical section', 'mutex', 'semaphore', 'one at a time', 'exclusive', 'queue', '临界区', '互斥', '排队', '独占', '逐个'],
  category: 'flow',
  silhouette: 'action',
  icon: 'lock',
  config: Type.Object(
    {
      key: Type.Any({
        ...ui('expression', 'Key', '锁的键'),
        ...help(
          'Whoever uses the same key waits, in every flow: event.subject for one customer, run.id for the lines of this run',
          '所有流程中使用同一键的分支都会等待，例如 event.subject 表示同一客户，run.id 表示本次运行内',
        ),
        format: 'expression',
      }),
      limit: Type.Optional(Type.Integer({ ...ui('number', 'At once', '同时允许'), minimum: 1, maximum: 1_000, default: 1 })),
      timeout: Type.Optional(Type.String({ ...ui('duration', 'Wait at most', '最长等待'), pattern: durationPattern, maxLength: 64 })),
    },
    { additionalProperties: false },
  ),
  ports: (config) =>
    config.timeout === undefined
      ? [{ name: 'out', label: words('Locked', '已加锁') }]
      : [
          { name: 'out', label: words('Locked', '已加锁') },
          { name: 'timeout', label: words('Too late', '超时') },
        ],
  effect: 'none',
  labels: {
    gives: 'input',
    takes: ({ timeout }) => ({ for: 'time', ms: typeof timeout === 'string' ? durationMs(timeout) : null }),
  },
  sentence: (config, language) => {
    const key = typeof config.key === 'string' && isExpression(config.key) ? config.key.slice(2, -2).trim() : shown(config.key)
    const limit = typeof config.limit === 'number' ? config.limit : 1
    if (language === 'en') return limit === 1 ? `One at a time for ${key}` : `At most ${limit} at once for ${key}`
    return limit === 1 ? `${key} 逐个进入` : `${key} 最多同时 ${limit} 个`
  },
  run: ({ config, now }) => {
    const timeoutAt = config.timeout === undefined ? null : after(now, config.timeout)
    if (config.timeout !== undefined && timeoutAt === null)
      return failure('SLU_WAIT_TIME', words('The time limit is no ISO 8601 duration.', '时限不是 ISO 8601 时长。'))
    const key = keyText(config.key)
    if (key?.startsWith('$'))
      return failure('SLU_LOCK_KEY', words('Keys that start with $ belong to the engine.', '以 $ 开头的键由引擎保留。'))
    if (key === null || key.length > 1_000) return failure('SLU_LOCK_KEY', key === null ? emptyKey : longKey)
    return waitForLock(key, config.limit ?? 1, timeoutAt, { lock: key })
  },
})
