import { memo, useCallback, useEffect, useRef } from 'react'
import type { JournalItem } from '../../app/api/shapes.ts'
import { type MessageId, useFormat, useT } from '../../app/i18n/index.ts'
import { type Timeline, timeOf } from '../../run/timeline.ts'
import { scrollWithin } from '../../ui/scroll-within.ts'
import styles from './Replay.module.css'
import type { Playhead } from './use-playhead.ts'

const words: Readonly<Record<string, MessageId>> = {
  'run.started': 'replay.entry.started',
  'node.completed': 'replay.entry.completed',
  'node.waiting': 'replay.entry.waiting',
  'node.failed': 'replay.entry.failed',
  'node.retry-scheduled': 'replay.entry.retry',
  'join.arrived': 'replay.entry.arrived',
  'join.passed': 'replay.entry.joined',
  'race.won': 'replay.entry.won',
  'each.started': 'replay.entry.items',
  'each.item-started': 'replay.entry.item',
  'each.item-failed': 'replay.entry.item-failed',
  'each.reviewing': 'replay.entry.reviewing',
  'each.reviewed': 'replay.entry.reviewed',
  'region.entered': 'replay.entry.entered',
  'region.left': 'replay.entry.left',
  'region.ended': 'replay.entry.ended',
  'undo.started': 'replay.entry.undo',
  'undo.step-started': 'replay.entry.undo-step',
  'undo.step-done': 'replay.entry.undone',
  'undo.ended': 'replay.entry.undo-ended',
  'node.skipped': 'replay.entry.skipped',
  'run.forked': 'replay.entry.forked',
  'run.moved': 'replay.entry.moved',
  'token.cancelled': 'replay.entry.cancelled',
  'task.answered': 'replay.entry.answered',
  'task.noted': 'replay.entry.noted',
  'incident.raised': 'replay.entry.incident',
  'run.succeeded': 'replay.entry.succeeded',
  'run.failed': 'replay.entry.run-failed',
  'run.cancelled': 'replay.entry.run-cancelled',
}

/** What happened, in order and in words; the same moments as the scrubber. */
export function StoryList({
  line,
  head,
  titleOf,
}: {
  readonly line: Timeline
  readonly head: Playhead
  readonly titleOf: (node: string) => string
}) {
  const t = useT()
  const list = useRef<HTMLOListElement>(null)
  const latest = useRef(head)
  latest.current = head
  const go = useCallback((stop: number) => latest.current.to(stop), [])
  // Also when what stands below it comes later and takes its place.
  useEffect(() => {
    const current = list.current?.children[head.stop]
    const panel = list.current?.closest('[role="tabpanel"]')
    if (current === undefined || panel == null) return
    const sized = new ResizeObserver(() => scrollWithin(panel, current))
    sized.observe(panel)
    return () => sized.disconnect()
  }, [head.stop])
  return (
    <ol ref={list} className={styles.story} aria-label={t('replay.story')}>
      {line.stops.map((at, index) => {
        const item = line.entries[at]
        return (
          item !== undefined && (
            <Told
              key={at}
              item={item}
              after={timeOf(item) - line.startedAt}
              stop={index}
              isCurrent={index === head.stop}
              title={item.node === undefined || item.node === null ? t('replay.run') : titleOf(item.node)}
              onGo={go}
            />
          )
        )
      })}
    </ol>
  )
}

/** Of a thousand moments a move of the handle draws two anew. */
const Told = memo(function Told({
  item,
  after,
  stop,
  isCurrent,
  title,
  onGo,
}: {
  readonly item: JournalItem
  readonly after: number
  readonly stop: number
  readonly isCurrent: boolean
  readonly title: string
  readonly onGo: (stop: number) => void
}) {
  const t = useT()
  const format = useFormat()
  const word = words[item.kind]
  return (
    <li>
      <button
        type="button"
        className={styles.moment}
        data-kind={item.kind}
        aria-current={isCurrent ? 'step' : undefined}
        onClick={() => onGo(stop)}
      >
        <span className={styles.when}>+{format.duration(Math.max(0, after))}</span>
        <span className={styles.what}>
          <b>{title}</b> {word === undefined ? item.kind : t(word)}
        </span>
      </button>
    </li>
  )
})
