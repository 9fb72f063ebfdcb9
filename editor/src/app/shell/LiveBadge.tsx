import { CloudOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Badge, Tooltip } from '../../ui/index.ts'
import { useLive } from '../api/index.ts'
import { useFormat, useT } from '../i18n/index.ts'
import styles from './LiveBadge.module.css'

/** Silent while live; says so, with the age, when what is on screen may be old. */
export function LiveBadge() {
  const t = useT()
  const format = useFormat()
  const live = useLive()
  const [now, setNow] = useState(() => Date.now())
  const isPaused = live.state === 'paused'
  useEffect(() => {
    if (!isPaused) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [isPaused])
  const age = now - live.since
  // A blink of the network is no news.
  if (!isPaused || age < 1_500) return null
  return (
    <Tooltip text={t('app.live.paused.help', { time: format.time(live.since) })}>
      <button type="button" className={styles.badge}>
        <Badge tone="wait" icon={<CloudOff size={13} aria-hidden="true" />}>
          {t('app.live.paused', { age: format.duration(Math.floor(age / 1_000) * 1_000) })}
        </Badge>
      </button>
    </Tooltip>
  )
}
