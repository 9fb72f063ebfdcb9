/** Tries drafts, one order at a time, far from the thread that writes. Entry file of the bundle `simulate.js`. */
import { parentPort } from 'node:worker_threads'
import { isProblem } from '@sluice/engine/worker'
import { play } from '@sluice/nodes/simulate'
import type { Order, OrderAnswer } from './order.ts'
import { replayEvents } from './replay.ts'

parentPort?.on('message', (order: Order) => {
  void answer(order).then((answered) => parentPort?.postMessage(JSON.stringify(answered)))
})
parentPort?.postMessage('ready')

async function answer(order: Order): Promise<OrderAnswer> {
  try {
    return order.kind === 'simulate' ? { ok: true, result: await play(order) } : { ok: true, outcomes: await replayEvents(order) }
  } catch (error) {
    if (isProblem(error)) return { ok: false, code: error.code, status: error.status, message: error.message }
    return { ok: false, code: 'SLU_SIMULATION_FAILED', status: 422, message: error instanceof Error ? error.message : 'unknown' }
  }
}
