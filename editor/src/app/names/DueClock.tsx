import { AlarmClock, Clock } from 'lucide-react'
import { Badge } from '../../ui/index.ts'
import { useFormat, useT } from '../i18n/index.ts'
import { useNow } from './use-now.ts'

const soonMs = 60 * 60_000

/** How long there is still; red when it is over, amber in the last hour. */
export function DueClock({ dueAt }: { readonly dueAt: string }) {
  const t = useT()
  const format = useFormat()
  const due = new Date(dueAt).getTime()
  const now = useNow(1_000)
  const left = due - now
  const isSoon = left < soonMs
  const Icon = isSoon ? AlarmClock : Clock
  const words =
    left < 0
      ? t('app.due.over', { time: format.duration(roundMs(-left)) })
      : isSoon
        ? t('app.due.left', { time: format.duration(roundMs(left)) })
        : t('app.due.at', { time: format.relative(due, now) })
  return (
    <Badge tone={left < 0 ? 'error' : isSoon ? 'wait' : 'neutral'} icon={<Icon size={13} aria-hidden="true" />}>
      <span title={format.dateTime(dueAt)}>{words}</span>
    </Badge>
  )
}

function roundMs(value: number): number {
  const step = value > soonMs ? 60_000 : 1_000
  return Math.floor(value / step) * step
}
