import { useEffect, useRef } from 'react'
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
  const format = useFormat()
  const current = useRef<HTMLButtonElement>(null)
  // Also when what stands below comes later and takes its place.
  useEffect(() => {
    const list = current.current?.closest('ol')
    if (head.stop < 0 || list == null) return
    const sized = new ResizeObserver(() => current.current !== null && scrollWithin(list, current.current))
    sized.observe(list)
    return () => sized.disconnect()
  }, [head.stop])
  return (
    <ol className={styles.story} aria-label={t('replay.story')}>
      {line.stops.map((at, index) => {
        const item = line.entries[at]
        if (item === undefined) return null
        const word = words[item.kind]
        const isCurrent = index === head.stop
        return (
          <li key={at}>
            <button
              type="button"
              ref={isCurrent ? current : null}
              className={styles.moment}
              data-kind={item.kind}
              aria-current={isCurrent ? 'step' : undefined}
              onClick={() => head.to(index)}
            >
              <span className={styles.when}>+{format.duration(Math.max(0, timeOf(item) - line.startedAt))}</span>
              <span className={styles.what}>
                <b>{item.node === undefined || item.node === null ? t('replay.run') : titleOf(item.node)}</b>{' '}
                {word === undefined ? item.kind : t(word)}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
