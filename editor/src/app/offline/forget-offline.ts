import { decisionsKey } from './decisions-key.ts'

/** Answers the service worker keeps for the time without a network; the same name as in `service-worker.ts`. */
const answers = 'sluice-answers'

/** What another person read here is not read by the next one. Their waiting decisions stay theirs. */
export async function forgetAnswers(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(answers)
}

/** Nothing of a person stays in a browser they signed out of. A session that merely ran out keeps what waits to be sent. */
export async function forgetOffline(): Promise<void> {
  localStorage.removeItem(decisionsKey)
  // And from memory, where anything was.
  await import('./decision-queue.ts').then(
    ({ forgetQueue }) => forgetQueue(),
    () => undefined,
  )
  await forgetAnswers()
}
