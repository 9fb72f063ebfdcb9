import { useFormat, useT } from '../../app/i18n/index.ts'
import { useNow } from '../../app/names/use-now.ts'
import { endOfAxis } from '../../run/axis.ts'
import type { Timeline } from '../../run/timeline.ts'
import { timeOf } from '../../run/timeline.ts'
import type { Visit } from '../../run/visits.ts'
import styles from './Replay.module.css'
import type { Playhead } from './use-playhead.ts'
import { stopAt } from './use-visits.ts'

const rowsMax = 200
const barsMax = 2_000
/** A stay of no time is still to be seen and hit. */
const widthMin = 1.5
const paceMs = 2_000

/** Lines side by side on one axis of time: a row for each step, a bar for each stay. */
export function Lanes({
  line,
  head,
  visits,
  titleOf,
}: {
  readonly line: Timeline
  readonly head: Playhead
  readonly visits: readonly Visit[]
  readonly titleOf: (node: string) => string
}) {
  const t = useT()
  const format = useFormat()
  const { startedAt } = line
  const now = useNow(paceMs)
  const endedAt = endOfAxis(startedAt, line.endedAt, visits, now)
  const isCut = endedAt < now && visits.some(({ to }) => to === null)
  const span = Math.max(1, endedAt - startedAt)
  const share = (at: number) => ((at - startedAt) / span) * 100
  const rows = [...new Set(visits.map(({ node }) => node))].slice(0, rowsMax)
  const shown = visits.slice(0, barsMax)
  const here = share(timeOf(line.entries[line.stops[head.stop] ?? -1]) || startedAt)
  return (
    <div className={styles.lanes}>
      <p className={styles.axis} aria-hidden="true">
        <span>0</span>
        <span>{isCut ? `… ${format.duration(now - startedAt)}` : format.duration(span)}</span>
      </p>
      <ol aria-label={t('replay.lanes')} data-testid="replay-lanes">
        {rows.map((node) => (
          <li key={node} className={styles.lane} data-node={node}>
            <span className={styles.laneName}>{titleOf(node)}</span>
            <span className={styles.laneTrack}>
              <i className={styles.now} style={{ insetInlineStart: `${here}%` }} />
              {shown
                .filter((visit) => visit.node === node)
                .map((visit) => {
                  const from = share(visit.from)
                  const to = share(visit.to ?? endedAt)
                  const words = t(visit.to === null ? 'replay.lane.open' : 'replay.lane', {
                    step: titleOf(node),
                    nth: visit.nth,
                    from: format.duration(visit.from - startedAt),
                    to: format.duration((visit.to ?? Math.max(now, endedAt)) - startedAt),
                  })
                  return (
                    <button
                      key={`${visit.token} ${visit.nth}`}
                      type="button"
                      className={styles.bar}
                      title={words}
                      aria-label={words}
                      data-open={visit.to === null}
                      style={{ insetInlineStart: `${Math.min(from, 100 - widthMin)}%`, inlineSize: `${Math.max(widthMin, to - from)}%` }}
                      onClick={() => head.to(stopAt(line, visit.last))}
                    />
                  )
                })}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
