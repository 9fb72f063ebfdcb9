/** Expressions that may take long, on warm threads: endless recursion, huge ranges. */
import type { Evaluated, Scope } from '@sluice/engine/expression'
import type { Text } from '@sluice/flows'
import { type PoolFailure, threadPool } from '../thread-pool/pool.ts'
import { type EvaluateOrder, poolLimits, readEvaluated } from './protocol.ts'

export interface ExpressionPool {
  /** Never rejects: what goes wrong is an `Evaluated` that is not ok. */
  evaluate(source: string, scope: Scope): Promise<Evaluated>
  /** Several at once, by name: `{ slot, source }` of a step's config. */
  evaluateAll(pending: readonly { readonly slot: string; readonly source: string }[], scope: Scope): Promise<Record<string, Evaluated>>
  stats(): { readonly threads: number; readonly waiting: number; readonly ended: number }
  close(): Promise<void>
}

export interface PoolOptions {
  readonly threads?: number
  readonly evaluateMs?: number
  readonly waitingMax?: number
  readonly warmAfterMs?: number
}

const messages: Readonly<Record<PoolFailure, Text>> = {
  time: { en: 'The expression took too long', 'zh-CN': '表达式计算超时' },
  memory: { en: 'The expression needs more memory than allowed', 'zh-CN': '表达式需要的内存超出限制' },
  crowded: { en: 'Too many expressions wait to be evaluated; try again', 'zh-CN': '等待计算的表达式过多，请重试' },
  closing: { en: 'The server is stopping; the step runs again after the next start', 'zh-CN': '服务正在停止，重启后将重新执行该步骤' },
}

export function expressionPool(options: PoolOptions = {}): ExpressionPool {
  const { heapMb, stackMb } = poolLimits
  const pool = threadPool<EvaluateOrder>({
    worker: 'evaluate',
    threads: options.threads ?? poolLimits.threads,
    timeMs: options.evaluateMs ?? poolLimits.evaluateMs,
    waitingMax: options.waitingMax ?? poolLimits.waitingMax,
    heapMb,
    stackMb,
    ...(options.warmAfterMs === undefined ? {} : { warmAfterMs: options.warmAfterMs }),
  })

  async function evaluate(source: string, scope: Scope): Promise<Evaluated> {
    const answer = await pool.run({ source, scope })
    if (answer.ok) return readEvaluated(answer.text)
    return { ok: false, error: { code: 'SLU_EXPRESSION_LIMIT', message: messages[answer.why], position: null, reason: null } }
  }

  return {
    evaluate,
    async evaluateAll(pending, scope) {
      const results = await Promise.all(pending.map(async ({ slot, source }) => [slot, await evaluate(source, scope)] as const))
      return Object.fromEntries(results)
    },
    stats: pool.stats,
    close: pool.close,
  }
}
