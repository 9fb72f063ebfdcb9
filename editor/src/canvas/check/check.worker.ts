import { FlowChecker } from '@sluice/engine/compile'
import { dataWords, nodeTypes } from '@sluice/nodes'
import type { CheckAnswer, CheckRequest, SeenAnswer } from './check-messages.ts'

/** One flow is open per page; the checker remembers its steps between looks. */
const checker = new FlowChecker({ nodeTypes, words: dataWords })

/** The same check that the server makes before publishing, off the page's thread. */
addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
  if ('step' in data) postMessage({ step: data.step, seen: checker.scopeOf(data.step) } satisfies SeenAnswer)
  else postMessage({ revision: data.revision, ...checker.check(data.file) } satisfies CheckAnswer)
})
