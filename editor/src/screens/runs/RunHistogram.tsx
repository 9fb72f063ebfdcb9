import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import type { RunFilters } from '../../app/api/index.ts'
import { type HistogramSlot, histogramQuery } from '../../app/api/operate.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { cx } from '../../ui/index.ts'
import { closerPeriod, sinceOf } from './periods.ts'
import styles from './RunHistogram.module.css'

const slots = 48

/** When runs began and how they went. Drag over bars, or Shift and an arrow, then Enter: the list shows that stretch. */
export function RunHistogram({ filters, onRange }: { readonly filters: RunFilters; readonly onRange: (from: string, to: string) => void }) {
  const t = useT()
  const format = useFormat()
  const found = useQuery(histogramQuery(filters, slots))
  const all = found.data?.items ?? []
  const isFree = filters.from === undefined && filters.to === undefined
  const period = isFree ? closerPeriod(all.map((slot) => ({ from: slot.from, count: total(slot) }))) : null
  const closer = useQuery({
    ...histogramQuery({ ...filters, from: sinceOf(period ?? undefined) }, slots),
    enabled: period !== null,
    // Each minute asks anew; the bars stay until the answer is there.
    placeholderData: (before) => before,
  })
  const items = period === null || closer.isError ? all : (closer.data?.items ?? [])
  const [range, setRange] = useState<readonly [number, number] | null>(null)
  const [at, setAt] = useState(0)
  const begin = useRef<number | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const most = Math.max(1, ...items.map(total))
  if (found.isError || (found.isSuccess && all.length === 0)) return null

  const slotAt = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect()
    if (box === undefined) return 0
    return Math.max(0, Math.min(items.length - 1, Math.floor(((event.clientX - box.left) / box.width) * items.length)))
  }
  const apply = ([one, other]: readonly [number, number]) => {
    const first = items[Math.min(one, other)]
    const last = items[Math.max(one, other)]
    if (first !== undefined && last !== undefined) onRange(first.from, last.to)
    setRange(null)
  }
  const walk = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      apply(range ?? [at, at])
    } else if (event.key === 'Escape') setRange(null)
    else if (by !== 0) {
      event.preventDefault()
      const next = Math.max(0, Math.min(items.length - 1, at + by))
      setAt(next)
      setRange(event.shiftKey ? [range?.[0] ?? at, next] : null)
      frame.current?.querySelectorAll('button')[next]?.focus()
    }
  }
  const isIn = (index: number) => range !== null && index >= Math.min(...range) && index <= Math.max(...range)
  return (
    <figure className={styles.figure} data-testid="run-histogram">
      <figcaption className={styles.caption}>
        <span>{t('operate.histogram.title')}</span>
        <span className={styles.hint}>{t('operate.histogram.hint')}</span>
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: bars of one chart, walked as one stop; no set of form fields. */}
      <div
        ref={frame}
        role="group"
        aria-label={t('operate.histogram.title')}
        className={styles.bars}
        onKeyDown={walk}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          begin.current = slotAt(event)
          setRange([begin.current, begin.current])
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={(event) => begin.current !== null && setRange([begin.current, slotAt(event)])}
        onPointerCancel={() => {
          begin.current = null
          setRange(null)
        }}
        onPointerUp={(event) => {
          if (begin.current === null) return
          const chosen = [begin.current, slotAt(event)] as const
          begin.current = null
          apply(chosen)
        }}
      >
        {items.map((slot, index) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the chart; with the next answer the focus stays where it is.
            key={index}
            type="button"
            tabIndex={index === at ? 0 : -1}
            className={cx(styles.bar, isIn(index) && styles.chosen)}
            aria-label={t('operate.histogram.bar', {
              from: format.dateTime(slot.from),
              count: total(slot),
              troubled: slot.troubled,
            })}
            title={`${format.dateTime(slot.from)} · ${total(slot)}`}
            onFocus={() => setAt(index)}
          >
            <span className={styles.troubled} style={{ blockSize: `${(slot.troubled / most) * 100}%` }} />
            <span className={styles.live} style={{ blockSize: `${(slot.live / most) * 100}%` }} />
            <span className={styles.done} style={{ blockSize: `${(slot.succeeded / most) * 100}%` }} />
          </button>
        ))}
      </div>
      <div className={styles.ends}>
        <span>{items[0] === undefined ? '' : format.dateTime(items[0].from)}</span>
        <span>{items.at(-1) === undefined ? '' : format.dateTime(items.at(-1)?.to ?? '')}</span>
      </div>
    </figure>
  )
}

function total({ live, succeeded, troubled }: HistogramSlot): number {
  return live + succeeded + troubled
}
