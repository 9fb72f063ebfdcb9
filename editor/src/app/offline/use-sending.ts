import { useEffect } from 'react'
import { toast } from '../../ui/index.ts'
import { useSession } from '../api/index.ts'
import { translate, useSay } from '../i18n/index.ts'
import { openQueue, sendQueued } from './decision-queue.ts'

const retryMs = 15_000

/** Sends waiting decisions when the network is back, when the page opens, and now and then. */
export function useSending(): void {
  const user = useSession()?.user.id ?? null
  const say = useSay()
  useEffect(() => {
    if (user === null) return
    openQueue(user)
    const flush = () => {
      void sendQueued().then(({ sent, refused }) => {
        if (sent.length > 0) toast({ tone: 'ok', title: translate('tasks.queue.sent', { count: sent.length }) })
        for (const { title, reason } of refused)
          toast({
            tone: 'error',
            title: translate('tasks.queue.refused', { title: say(title) }),
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
  }, [user, say])
}
