/** Code of users, on a warm thread that can be ended. It starts with the first call: most workspaces have no code. */

import type { CodeAnswer, CodeOrder, RunCode } from '@sluice/sdk/server'
import { type PoolFailure, threadPool } from '../thread-pool/pool.ts'
import { codeLimits } from './limits.ts'

export interface CodePool {
  readonly run: RunCode
  close(): Promise<void>
}

const messages: Readonly<Record<PoolFailure, string>> = {
  time: `The code took longer than ${codeLimits.outerTimeMs} ms.`,
  memory: 'The code needs more memory than allowed.',
  crowded: 'Too many steps wait to run code; the step tries again.',
  closing: 'The server is stopping; the step runs again after the next start.',
}

export function codePool(): CodePool {
  const { threads, outerTimeMs: timeMs, heapMb, stackMb, waitingMax } = codeLimits
  const pool = threadPool<CodeOrder>({ worker: 'code', threads, timeMs, heapMb, stackMb, waitingMax, lazy: true })
  return {
    async run(order) {
      const answer = await pool.run(order)
      if (answer.ok) return JSON.parse(answer.text) as CodeAnswer
      return { ok: false, code: answer.why === 'crowded' ? 'SLU_CODE_BUSY' : 'SLU_CODE_LIMIT', message: messages[answer.why], line: null }
    },
    close: pool.close,
  }
}
