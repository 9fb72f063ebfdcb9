/** One evaluation at a time, with jsonata itself. Whatever happens here ends at the edge of this thread. */
import { parentPort } from 'node:worker_threads'
import { type Evaluated, evaluateWithJsonata } from '@sluice/engine/expression'
import { type EvaluateOrder, poolLimits } from './protocol.ts'

const tooLarge: Evaluated = {
  ok: false,
  error: {
    code: 'SLU_EXPRESSION_LIMIT',
    message: {
      en: `The result has more than ${poolLimits.resultBytesMax} bytes`,
      'zh-CN': `结果超过 ${poolLimits.resultBytesMax} 字节`,
    },
    position: null,
    reason: null,
  },
}

parentPort?.on('message', ({ source, scope }: EvaluateOrder) => {
  void evaluateWithJsonata(source, scope).then((evaluated) => {
    const text = JSON.stringify(evaluated)
    parentPort?.postMessage(text.length > poolLimits.resultBytesMax ? JSON.stringify(tooLarge) : text)
  })
})
parentPort?.postMessage('ready')
