import type { formatIn, Translate } from '../../app/i18n/index.ts'
import type { Counts } from '../../run/live-counts.ts'
import type { FarMark } from '../view-store.ts'
import { heatOf } from './heat.ts'
import type { DayStep } from './live-api.ts'

type Format = Pick<ReturnType<typeof formatIn>, 'number' | 'duration'>

/** How many lines of all runs stand at each step, for the far picture. */
export function countMarks(totals: ReadonlyMap<string, Counts>, format: Format): ReadonlyMap<string, FarMark> {
  return new Map(
    [...totals].flatMap(([id, counts]) => {
      const pills = (['running', 'waiting', 'incident'] as const).flatMap((sign) =>
        counts[sign] > 0 ? [{ sign, text: format.number(counts[sign]) }] : [],
      )
      return pills.length === 0 ? [] : [[id, { heat: 0, pills, below: null }] as const]
    }),
  )
}

/** What went through each step in a day, for the far picture. */
export function heatMarks(steps: readonly DayStep[], t: Translate, format: Format): ReadonlyMap<string, FarMark> {
  const most = Math.max(0, ...steps.map(({ passed }) => passed))
  return new Map(
    steps.map(({ node, passed, failed, p95Ms }) => {
      const pills = [
        { sign: 'passed' as const, text: format.number(passed) },
        ...(failed > 0 ? [{ sign: 'failed' as const, text: format.number(failed) }] : []),
      ]
      return [node, { heat: heatOf(passed, most), pills, below: p95Ms === null ? null : t('live.p95', { time: timeOf(p95Ms, t, format) }) }]
    }),
  )
}

/** A time below a second is told in thousandths. */
export function timeOf(ms: number, t: Translate, format: Pick<Format, 'duration'>): string {
  return ms < 1_000 ? t('live.ms', { count: ms }) : format.duration(ms)
}
