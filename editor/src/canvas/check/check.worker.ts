import { FlowChecker } from '@sluice/engine/compile'
import type { FlowDefinition } from '@sluice/flows'
import { dataWords, nodeTypes } from '@sluice/nodes'

/** One flow is open per page; the checker remembers its steps between looks. */
const checker = new FlowChecker({ nodeTypes, words: dataWords })

/** The same check that the server makes before publishing, off the page's thread. */
addEventListener('message', (event: MessageEvent<{ readonly revision: number; readonly file: FlowDefinition }>) => {
  const { revision, file } = event.data
  postMessage({ revision, ...checker.check(file) })
})
