import { toast } from '../../ui/index.ts'
import { dataLanguage, say, translate } from '../i18n/index.ts'
import { openQueue, sendQueued } from './decision-queue.ts'

const retryMs = 15_000

/** Sends what this person decided without a network: now, when the network is back, and now and then. Gives back what ends it. */
export function keepSending(user: string): () => void {
  openQueue(user)
  const flush = () => {
    void sendQueued().then(({ sent, refused }) => {
      if (sent.length > 0) toast({ tone: 'ok', title: translate('tasks.queue.sent', { count: sent.length }) })
      for (const { title, reason } of refused)
        toast({
          tone: 'error',
          title: translate('tasks.queue.refused', { title: say(title, dataLanguage()) }),
          ...(reason !== null && { detail: reason }),
        })
    })
  }
  flush()
  const timer = setInterval(flush, retryMs)
  window.addEventListener('online', flush)
  return () => {
    clearInterval(timer)
    window.removeEventListener('online', flush)
  }
}
