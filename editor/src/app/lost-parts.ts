import { isLoadProblem } from '../ui/on-demand.tsx'
import { toast, useToasts } from '../ui/toast-store.ts'
import { translate } from './i18n/index.ts'

/**
 * A part that somebody asked for and that could not be fetched, without a network for instance, is told in words: the page stays as it is,
 * and the same act may be tried again. Gives back how to stop.
 */
export function tellLostParts(target: Window): () => void {
  const onRejection = (event: PromiseRejectionEvent) => {
    if (!isLoadProblem(event.reason)) return
    event.preventDefault()
    const title = translate('app.part.missing')
    // Ten tries in a tunnel are one notice.
    if (!useToasts.getState().items.some((shown) => shown.title === title)) {
      toast({ tone: 'error', title, detail: translate('app.part.missing.lead') })
    }
  }
  target.addEventListener('unhandledrejection', onRejection)
  return () => target.removeEventListener('unhandledrejection', onRejection)
}
