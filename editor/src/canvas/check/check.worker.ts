import { compileFlow } from '@sluice/engine/compile'
import type { FlowDefinition } from '@sluice/flows'
import { dataWords, nodeTypes } from '@sluice/nodes'

/** The same check that the server makes before publishing, off the page's thread. */
addEventListener('message', (event: MessageEvent<{ readonly revision: number; readonly file: FlowDefinition }>) => {
  const { revision, file } = event.data
  const { problems, proofs } = compileFlow(file, { nodeTypes, version: 0, words: dataWords })
  postMessage({ revision, problems, proofs })
})
