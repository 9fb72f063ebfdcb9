/** Plays drafts in a worker of the browser, one after the other. Whoever started it ends it when one takes too long. */
import './base64.ts'
import { answerHere } from './answer.ts'
import type { PlayRequest, WorkerSays } from './messages.ts'

/** What of the worker's world is used; its types and Node's, which the server halves name, cannot stand in one project. */
interface WorkerScope {
  addEventListener(type: 'message', act: (event: { readonly data: PlayRequest }) => void): void
  postMessage(says: WorkerSays): void
}

const scope = globalThis as unknown as WorkerScope

scope.addEventListener('message', ({ data: { id, ...request } }) => {
  void answerHere(request).then((answer) => scope.postMessage({ id, answer }))
})
scope.postMessage({ id: null })
