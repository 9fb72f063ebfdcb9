import { ChevronFirst, ChevronLast, Pause, Play, StepBack, StepForward } from 'lucide-react'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { isLandmark, type Timeline, timeOf } from '../../run/timeline.ts'
import { cx, IconButton, onDemand } from '../../ui/index.ts'
import styles from './Replay.module.css'
import { type Playhead, type Speed, speeds } from './use-playhead.ts'

const Segments = onDemand(async () => (await import('../../ui/Segments.tsx')).Segments<string>)

/** The run on a line: buttons, marks for people, errors and waits, and a handle that works by pointer and by keys. */
export function Scrubber({
  line,
  head,
  isNarrow = false,
}: {
  readonly line: Timeline
  readonly head: Playhead
  /** In a panel: the track has a row of its own. */
  readonly isNarrow?: boolean
}) {
  const t = useT()
  const format = useFormat()
  const last = Math.max(0, line.stops.length - 1)
  const entry = line.entries[line.stops[head.stop] ?? -1]
  const elapsed = Math.max(0, timeOf(entry) - line.startedAt)
  return (
    <section className={cx(styles.scrubber, isNarrow && styles.narrow)} aria-label={t('replay.controls')}>
      <div className={styles.buttons}>
        <IconButton label={t('replay.first')} icon={<ChevronFirst size={16} />} isDisabled={head.stop === 0} onPress={() => head.to(0)} />
        <IconButton
          label={t('replay.back')}
          keys="←"
          icon={<StepBack size={16} />}
          isDisabled={head.stop === 0}
          onPress={() => head.by(-1)}
        />
        <IconButton
          label={t(head.playing ? 'replay.pause' : 'replay.play')}
          tone="primary"
          icon={head.playing ? <Pause size={16} /> : <Play size={16} />}
          onPress={head.toggle}
        />
        <IconButton
          label={t('replay.forward')}
          keys="→"
          icon={<StepForward size={16} />}
          isDisabled={head.atEnd}
          onPress={() => head.by(1)}
        />
        <IconButton label={t('replay.last')} icon={<ChevronLast size={16} />} isDisabled={head.atEnd} onPress={() => head.to(last)} />
      </div>
      <Segments
        label={t('replay.speed')}
        options={speeds.map((speed) => ({ value: String(speed), label: `${speed}×` }))}
        value={String(head.speed)}
        onChange={(speed) => head.setSpeed(Number(speed) as Speed)}
      />
      <div className={styles.track}>
        <div className={styles.marks} aria-hidden="true">
          {line.stops.map((at, index) => {
            const item = line.entries[at]
            const kind = item === undefined ? null : markOf(item)
            return kind === null ? null : (
              <i key={at} className={styles[kind]} style={{ insetInlineStart: `${(index / Math.max(1, last)) * 100}%` }} />
            )
          })}
        </div>
        <input
          type="range"
          className={styles.range}
          min={0}
          max={last}
          value={head.stop}
          aria-label={t('replay.position')}
          aria-valuetext={t('replay.step-of', { step: head.stop + 1, total: last + 1 })}
          onChange={(event) => head.to(Number(event.target.value))}
        />
      </div>
      <output className={styles.time}>
        <b className={styles.step}>{t('replay.step-of', { step: head.stop + 1, total: last + 1 })}</b>
        <span className={styles.elapsed}>{format.duration(elapsed)}</span>
      </output>
    </section>
  )
}

function markOf(item: Timeline['entries'][number]): 'person' | 'failed' | 'waited' | null {
  if (item.kind === 'task.answered') return 'person'
  if (isLandmark(item)) return 'failed'
  return item.kind === 'node.waiting' ? 'waited' : null
}
