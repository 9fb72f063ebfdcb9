import { useEffect } from 'react'
import { useSession } from '../api/index.ts'
import { whenIdle } from '../when-idle.ts'

/** Waiting decisions are sent from any screen. What sends them comes when the first one is drawn: mostly there are none. */
export function useSending(): void {
  const user = useSession()?.user.id ?? null
  useEffect(() => {
    if (user === null) return
    let stop = () => {}
    let isLeft = false
    const forget = whenIdle(async () => {
      const coming = await import('./sending.ts').catch(() => null)
      if (coming !== null && !isLeft) stop = coming.keepSending(user)
    })
    return () => {
      isLeft = true
      forget()
      stop()
    }
  }, [user])
}
