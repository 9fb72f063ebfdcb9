import { SluiceProblem } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { type ThreadPool, threadPool } from '../thread-pool/pool.ts'
import { simulationPoolLimits } from './limits.ts'
import type { Order, OrderAnswer } from './order.ts'

export interface SimulationPool {
  /** Rejects with a refusal: too long, too much, too many at once, or what the simulation itself refused. */
  run(order: Order): Promise<Extract<OrderAnswer, { readonly ok: true }>>
  close(): Promise<void>
}

/** The thread starts with the first order: most hours nobody tries anything. */
export function simulationPool(options: { readonly timeMs?: number } = {}): SimulationPool {
  const { threads, timeMs, heapMb, stackMb, waitingMax } = simulationPoolLimits
  let pool: ThreadPool<Order> | null = null
  return {
    async run(order) {
      pool ??= threadPool<Order>({ worker: 'simulate', threads, timeMs: options.timeMs ?? timeMs, heapMb, stackMb, waitingMax, lazy: true })
      const answer = await pool.run(order)
      if (!answer.ok)
        throw answer.why === 'crowded' || answer.why === 'closing' ? refuse('SLU_SIMULATION_BUSY') : refuse('SLU_SIMULATION_TOO_LONG')
      const given = JSON.parse(answer.text) as OrderAnswer
      if (!given.ok) throw new SluiceProblem(given.code, given.status, given.message, [])
      return given
    },
    close: async () => pool?.close(),
  }
}
